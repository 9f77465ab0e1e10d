import type { Machine } from './machine';

/** Marks a machine, so that what is in one knows it without loading it. */
export const MACHINE = Symbol.for('@ashlar/hardware.Machine');

export function isMachine(x: unknown): x is Machine {
  return typeof x === 'object' && x !== null && MACHINE in x;
}
