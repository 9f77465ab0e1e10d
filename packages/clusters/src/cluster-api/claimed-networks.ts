import { pathOf, type Site } from '@ashlar/core';
import { BgpPeering, Subnet, Vlan } from '@ashlar/network';

/** A prefix that somebody of the site has. */
export interface ClaimedNetwork {
  readonly cidr: string;
  readonly owner: string;
}

/** The prefixes of segments, and those that clusters announce. */
export function claimedNetworks(site: Site): ClaimedNetwork[] {
  return site.node.findAll().flatMap(construct => {
    const cidrs = Vlan.isVlan(construct) ? construct.cidrs : BgpPeering.isBgpPeering(construct) ? construct.prefixes : [];
    return cidrs.map(cidr => ({ cidr, owner: pathOf(construct) }));
  });
}

/** Whether two prefixes have an address in common. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [subnetOf(one), subnetOf(other)];
  return a !== undefined && b !== undefined && a.family === b.family && a.network <= b.end && b.network <= a.end;
}

function subnetOf(cidr: string): Subnet | undefined {
  const [ip = '', length] = cidr.split('/');
  return Subnet.containing(ip, Number(length));
}
