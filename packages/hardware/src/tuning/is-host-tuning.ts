import type { HostTuning } from './host-tuning';

/** What marks a tuning; rules know it by this alone, so that the tuning may know its rules. */
export const TUNING = Symbol.for('@ashlar/hardware.HostTuning');

export function isHostTuning(x: unknown): x is HostTuning {
  return typeof x === 'object' && x !== null && TUNING in x;
}
