import type { DnsZones } from './dns-zones';

/** Marks the zones of a site, so that rules know them without loading them. */
export const ZONES = Symbol.for('@ashlar/network.DnsZones');

export function isDnsZones(x: unknown): x is DnsZones {
  return typeof x === 'object' && x !== null && ZONES in x;
}
