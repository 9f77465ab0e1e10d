import { ConfigError, pathOf } from '@ashlar/core';
import type { Subnet } from '@ashlar/network';
import type { Cloud } from './cloud';
import type { CloudZone } from './cloud-zone';
import type { NodePool } from './node-pool';

/** The prefix that a zone has of a segment. */
export interface ZoneSubnet {
  readonly zone: CloudZone;
  readonly cidr: string;
  /** Number of its first address in the segment. */
  readonly base: number;
  /** Addresses in it. */
  readonly size: number;
}

/** The parts of a segment: one for each zone where subnets are zonal, in equal powers of two, else the whole. */
export function zoneSubnets({ facts, zones }: Cloud, segment: Subnet): readonly ZoneSubnet[] {
  const bits = facts.zonalSubnets ? Math.ceil(Math.log2(zones.length)) : 0;
  const size = 2 ** (32 - segment.prefixLength - bits);
  const parts = facts.zonalSubnets ? zones : zones.slice(0, 1);
  return parts.map((zone, i) => ({ zone, base: i * size, size, cidr: `${segment.address(i * size)}/${segment.prefixLength + bits}` }));
}

/** Where a member is: its zone, and its number in the segment. @throws NODE_POOL_ADDRESS when the vendor keeps the address, or there is none left */
export function memberPlace(pool: NodePool, index: number, from: number): { readonly zone: CloudZone; readonly number: number } {
  const { cloud, vlan } = pool;
  const { reserved, vendor } = cloud.facts;
  const zone = cloud.zones[index % cloud.zones.length] as CloudZone;
  const subnets = zoneSubnets(cloud, vlan.ipv4 as Subnet);
  const part = subnets[index % subnets.length] as ZoneSubnet;
  const inside = from + Math.floor(index / subnets.length);
  const last = part.size - 1 - reserved.last;
  if (inside < reserved.first || inside > last) {
    throw new ConfigError(
      pool,
      'NODE_POOL_ADDRESS',
      `member ${index + 1} would have number ${inside} of ${part.cidr} in ${pathOf(vlan)}, where ${vendor} gives out ${reserved.first} to ${last}`,
      { fix: 'write another from, or a wider segment', see: reserved.see },
    );
  }
  return { zone, number: part.base + inside };
}
