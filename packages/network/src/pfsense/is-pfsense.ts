import type { PfSense } from './pfsense';

/** Marks a pfSense gateway. Here, and not beside the class, so that its rules need not import it. */
export const PFSENSE = Symbol.for('@ashlar/network.PfSense');

export function isPfSense(x: unknown): x is PfSense {
  return typeof x === 'object' && x !== null && PFSENSE in x;
}
