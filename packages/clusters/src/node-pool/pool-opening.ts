import { type IConnectable, type Port, pathOf, Site } from '@ashlar/core';
import { Internet, Subnet, Zone } from '@ashlar/network';
import ipaddr from 'ipaddr.js';
import type { NodePool } from './node-pool';

/** What passes the firewall of a pool: a direction, the prefixes of the other end, a port. */
export interface PoolOpening {
  readonly direction: 'in' | 'out';
  /** IPv4 prefixes of the other ends, by number. */
  readonly peers: readonly string[];
  readonly port: Port;
  /** Paths of the other ends, sorted. */
  readonly others: readonly string[];
}

/**
 * What is let through to and from the members of a pool: for each direction and port one entry of what is ours, and one of the world,
 * in an order that does not depend on who declared it first. Flows of their hosts, of the segment and of its zone are theirs as well.
 */
export function poolOpenings(pool: NodePool): PoolOpening[] {
  const zone = Zone.find(pool.vlan);
  const own: readonly IConnectable[] = [...pool.members, ...pool.members.map(({ host }) => host), pool.vlan, ...(zone ? [zone] : [])];
  const found = new Map<string, { direction: 'in' | 'out'; port: Port; peers: Set<string>; others: Set<string> }>();
  const add = (direction: 'in' | 'out', peer: IConnectable, port: Port) => {
    const prefixes = peer.connections.endpoint.addresses().filter(prefix => !prefix.includes(':'));
    if (prefixes.length === 0) return;
    const key = [direction, prefixes.includes(EVERYTHING), port.protocol, ...[port.from, port.to].map(n => String(n).padStart(5))].join(
      ' ',
    );
    const opening = found.get(key) ?? { direction, port, peers: new Set(), others: new Set() };
    found.set(key, opening);
    for (const prefix of prefixes) opening.peers.add(prefix);
    opening.others.add(pathOf(peer));
  };
  for (const { connections } of own) {
    for (const flow of connections.ingress) add('in', flow.from, flow.port);
    for (const flow of connections.egress) add('out', flow.to, flow.port);
  }
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([, { direction, port, peers, others }]) => ({ direction, port, peers: byNumber(peers), others: [...others].sort() }));
}

/** Whether the other end is everybody out there. */
export function isWorld({ peers }: PoolOpening): boolean {
  return peers.includes(EVERYTHING);
}

/** What of it travels over the Internet: the prefixes that are nobody's private ones. */
export function publicPart(opening: PoolOpening): PoolOpening | undefined {
  const peers = opening.peers.filter(prefix => !PRIVATE.includes(ipaddr.parse(prefix.split('/')[0] as string).range()));
  return peers.length === 0 ? undefined : { ...opening, peers };
}

/** The other ends apart from the members themselves, when every member is one of them. */
export function withoutMembers(pool: NodePool, { peers }: PoolOpening): { readonly members: boolean; readonly others: readonly string[] } {
  const own = new Set(pool.prefixes);
  const members = pool.prefixes.every(prefix => peers.includes(prefix));
  return { members, others: members ? peers.filter(prefix => !own.has(prefix)) : peers };
}

/** IPv4 prefixes of the site, which are not out there. */
export function insidePrefixes(pool: NodePool): readonly string[] {
  return Internet.of(Site.of(pool)).inside.filter(prefix => !prefix.includes(':'));
}

/** The same addresses without prefixes that lie in another, by number. */
export function coveringPrefixes(prefixes: readonly string[]): readonly string[] {
  const subnets = byNumber(new Set(prefixes)).map(prefix => {
    const [ip = '', length] = prefix.split('/');
    return prefix === EVERYTHING ? undefined : (Subnet.containing(ip, Number(length)) as Subnet);
  });
  if (subnets.includes(undefined)) return [EVERYTHING];
  return (subnets as Subnet[])
    .filter(one => !(subnets as Subnet[]).some(other => other !== one && other.contains(one.cidr)))
    .map(({ cidr }) => cidr);
}

/** `443`, `30000-32767`, or nothing where there are no ports. */
export function portText({ protocol, from, to }: Port): string | undefined {
  if (protocol === 'icmp') return undefined;
  return from === to ? String(from) : `${from}-${to}`;
}

export const EVERYTHING = '0.0.0.0/0';

/** @see RFC 1918, RFC 6598, RFC 3927 */
const PRIVATE: readonly string[] = ['private', 'carrierGradeNat', 'linkLocal'];

function byNumber(prefixes: ReadonlySet<string>): string[] {
  const key = (prefix: string) =>
    prefix
      .split(/[./]/)
      .map(part => part.padStart(3, '0'))
      .join('.');
  return [...prefixes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
