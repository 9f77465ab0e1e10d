import type { Address } from '@ashlar/core';
import { isPrivate, type Subnet } from '../segments/subnet';

/** The owner name of the PTR record of an address, e.g. `10.0.20.10.in-addr.arpa`. */
export function reverseName(subnet: Subnet, host: number): string {
  return reversed(labels(subnet, subnet.network + BigInt(host)), subnet.family);
}

/**
 * The zones that hold the PTR records of a prefix: exactly its addresses, down to a /24 or a /124. Smaller prefixes share the zone
 * of the /24 or /124 around them, because no zone is cut inside a label.
 */
export function reverseZones(subnet: Subnet): string[] {
  const [bits, step] = subnet.family === 4 ? [32, 8] : [128, 4];
  const depth = Math.min(Math.ceil(subnet.prefixLength / step), bits / step - 1);
  const size = 2n ** BigInt(bits - depth * step);
  const zones: string[] = [];
  for (let at = (subnet.network / size) * size; at <= subnet.end; at += size)
    zones.push(reversed(labels(subnet, at).slice(0, depth), subnet.family));
  return zones;
}

/**
 * Whether the reverse zone around it belongs to somebody else: of a public IPv4 prefix longer than /24 the provider holds it, and leads
 * each name into a zone of ours. @see RFC 2317
 */
export function isClassless(subnet: Subnet): boolean {
  return subnet.family === 4 && subnet.prefixLength > 24 && !isPrivate(subnet.cidr);
}

/** Our zone for such a prefix: `32-63.113.0.203.in-addr.arpa`. */
export function classlessZone(subnet: Subnet): string {
  const [a, b, c, first] = labels(subnet, subnet.network);
  return reversed([a as string, b as string, c as string, `${first}-${labels(subnet, subnet.end)[3]}`], 4);
}

/** The owner name of the PTR record of an address in our zone. */
export function classlessName(subnet: Subnet, host: number, zone: string): string {
  return `${labels(subnet, subnet.network + BigInt(host))[3]}.${zone}`;
}

/** Octets or nibbles, most significant first. */
function labels(subnet: Subnet, address: bigint): string[] {
  if (subnet.family === 6) return [...address.toString(16).padStart(32, '0')];
  return [24n, 16n, 8n, 0n].map(shift => String((address >> shift) & 255n));
}

function reversed(parts: readonly string[], family: Address['family']): string {
  return [...parts].reverse().join('.') + (family === 4 ? '.in-addr.arpa' : '.ip6.arpa');
}
