import { type Address, type IVlan, isPlannedVlan, type Site } from '@ashlar/core';
import { byName } from './by-name';
import { ipNumber } from './ip-number';
import { addressesOf, fqdnOf, isSegment } from './readings';

/** One address with the name that it has in DNS, if anything says so. */
export interface BookedAddress extends Address {
  readonly fqdn?: string;
}

/** One pool of one prefix. */
export interface BookedPool {
  readonly vlan: IVlan;
  readonly name: string;
  readonly use: string;
  readonly first: string;
  readonly last: string;
  readonly size: bigint;
}

/** What of one prefix is spoken for. */
export interface BookedPrefix {
  readonly vlan: IVlan;
  readonly cidr: string;
  readonly gateway?: string;
  /** Addresses that hosts can have. */
  readonly usable: bigint;
  /** Addresses that have a name, those in pools included. */
  readonly named: bigint;
  /** Addresses in pools. */
  readonly pooled: bigint;
  /** Neither named, nor in a pool, nor the gateway's. */
  readonly free: bigint;
}

/** Every address of a site, by segment and number. */
export class AddressBook {
  public static of(site: Site): AddressBook {
    const all = site.findAll();
    const booked = new Map<string, BookedAddress>();
    for (const construct of all) {
      const fqdn = fqdnOf(construct);
      for (const address of addressesOf(construct)) {
        const key = `${address.vlan.node.path}\0${address.ip}\0${address.name}`;
        const known = booked.get(key);
        // A guest with several addresses has one name in DNS, which is that of the address whose name it begins with.
        const own = fqdn?.split('.')[0] === address.name ? fqdn : undefined;
        if (!known || (!known.fqdn && own)) booked.set(key, { ...address, ...(own && { fqdn: own }) });
      }
    }
    const vlans = new Set([...all.filter(isSegment), ...[...booked.values()].map(address => address.vlan)]);
    return new AddressBook([...vlans].sort(byTag), [...booked.values()].sort(byNumber));
  }

  /** By segment and first address. */
  public readonly pools: readonly BookedPool[];
  public readonly prefixes: readonly BookedPrefix[];

  private constructor(
    /** By tag. */
    public readonly vlans: readonly IVlan[],
    /** By segment and number, IPv4 before IPv6. */
    public readonly addresses: readonly BookedAddress[],
  ) {
    const bySegment = new Map(vlans.map((vlan): [IVlan, BookedAddress[]] => [vlan, []]));
    for (const address of addresses) bySegment.get(address.vlan)?.push(address);
    this.pools = vlans.flatMap(poolsOf);
    this.prefixes = vlans.flatMap(vlan => vlan.cidrs.map(cidr => prefixOf(vlan, cidr, bySegment.get(vlan) ?? [], poolsOf(vlan))));
  }
}

function poolsOf(vlan: IVlan): BookedPool[] {
  const pools = isPlannedVlan(vlan) ? vlan.pools : [];
  return pools
    .flatMap(pool =>
      pool.ranges.map(({ first, last }) => ({
        vlan,
        name: pool.node.id,
        use: pool.use,
        first,
        last,
        size: ipNumber(last) - ipNumber(first) + 1n,
      })),
    )
    .sort((a, b) => familyOf(a.first) - familyOf(b.first) || compare(ipNumber(a.first), ipNumber(b.first)));
}

function prefixOf(vlan: IVlan, cidr: string, addresses: readonly BookedAddress[], allPools: readonly BookedPool[]): BookedPrefix {
  const { network, end, usable } = rangeOf(cidr);
  const inside = (ip: string) => familyOf(ip) === familyOf(cidr) && ipNumber(ip) >= network && ipNumber(ip) <= end;
  const named = new Set(addresses.filter(address => inside(address.ip)).map(address => ipNumber(address.ip)));
  const pools = allPools.filter(pool => inside(pool.first));
  const gateway = isPlannedVlan(vlan) ? vlan.gateways.find(inside) : undefined;
  const pooled = pools.reduce((sum, pool) => sum + pool.size, 0n);
  const single = new Set([...named, ...(gateway ? [ipNumber(gateway)] : [])]);
  const outside = [...single].filter(n => !pools.some(pool => n >= ipNumber(pool.first) && n <= ipNumber(pool.last)));
  return {
    vlan,
    cidr,
    ...(gateway && { gateway }),
    usable,
    named: BigInt(named.size),
    pooled,
    free: usable - pooled - BigInt(outside.length),
  };
}

function rangeOf(cidr: string): { network: bigint; end: bigint; usable: bigint } {
  const [ip = '', length = ''] = cidr.split('/');
  const hostBits = BigInt((familyOf(ip) === 4 ? 32 : 128) - Number(length));
  const size = 2n ** hostBits;
  const network = ipNumber(ip);
  // RFC 3021 and RFC 6164: both addresses of a prefix of two are hosts. Else 0 is the network, and in IPv4 the last is broadcast.
  const reserved = hostBits <= 1n ? 0n : familyOf(ip) === 4 ? 2n : 1n;
  return { network, end: network + size - 1n, usable: size - reserved };
}

function familyOf(ip: string): 4 | 6 {
  return ip.includes(':') ? 6 : 4;
}

function byTag(a: IVlan, b: IVlan): number {
  return a.tag - b.tag || byName(a.name, b.name);
}

function byNumber(a: BookedAddress, b: BookedAddress): number {
  return byTag(a.vlan, b.vlan) || a.family - b.family || compare(ipNumber(a.ip), ipNumber(b.ip)) || byName(a.name, b.name);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
