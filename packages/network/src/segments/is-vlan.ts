import type { Vlan } from './vlan';

/** Marks a segment, so that hosts and pools know one without loading it, and copies of this package know each other's. */
export const VLAN = Symbol.for('@ashlar/network.Vlan');

export function isVlan(x: unknown): x is Vlan {
  return typeof x === 'object' && x !== null && VLAN in x;
}
