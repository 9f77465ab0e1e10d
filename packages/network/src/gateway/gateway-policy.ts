import { type Flow, isConnectable, type Port, pathOf, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Internet } from '../segments/internet';
import { familyOf } from '../segments/subnet';
import type { Vlan } from '../segments/vlan';
import { Zone } from '../segments/zone';

/** What a gateway passes: from a prefix that it sees on one of its segments, or from the Internet. */
export interface Passage {
  readonly family: 4 | 6;
  /** Segment on which it arrives; undefined for the Internet. */
  readonly arrives?: Vlan;
  /** A prefix, an address, or undefined for anybody on the Internet. */
  readonly from?: string;
  readonly to?: string;
  /** Undefined for everything, inside a zone. */
  readonly port?: Port;
  /** For people. */
  readonly reason: string;
}

/** Everything that a gateway between `segments` must pass, in an order that does not depend on that of construction. */
export function passages(gateway: IConstruct, segments: readonly Vlan[]): Passage[] {
  const flows = Site.of(gateway)
    .findAll()
    .filter(isConnectable)
    .flatMap(to => to.connections.ingress.flatMap(flow => ofFlow(flow, segments)));
  const key = ({ arrives, reason, port, family, from, to }: Passage) =>
    [String(arrives?.tag ?? 0).padStart(4, '0'), reason, String(port), family, from, to].join('\0');
  const keyed = [...insideZones(segments), ...flows].map(passage => ({ key: key(passage), passage }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ passage }) => passage);
}

/** Whether it arrives at the gateway's own address, which then forwards the port: IPv4 from the Internet. */
export function isForwarded({ arrives, family, port }: Passage): boolean {
  return !arrives && family === 4 && port?.protocol !== 'icmp';
}

function insideZones(segments: readonly Vlan[]): Passage[] {
  return segments.flatMap(arrives => {
    const zone = Zone.find(arrives);
    const neighbours = segments.filter(other => zone && other !== arrives && Zone.find(other) === zone);
    return neighbours.flatMap(other =>
      pairs(arrives.cidrs, other.cidrs).map(([from, to]) => ({
        family: familyOfPrefix(from),
        arrives,
        from,
        to,
        reason: `zone ${zone?.node.id}`,
      })),
    );
  });
}

function ofFlow(flow: Flow, segments: readonly Vlan[]): Passage[] {
  const reason = `${pathOf(flow.from)} to ${pathOf(flow.to)}`;
  const home = (prefix: string) => segments.find(vlan => vlan.subnets.some(subnet => subnet.contains(prefix)));
  const { port } = flow;
  if (Internet.isInternet(flow.from)) {
    const targets = flow.to.connections.endpoint.addresses().filter(home);
    return targets.map(to => ({ family: familyOfPrefix(to), to, port, reason }));
  }
  const sources = flow.from.connections.endpoint.addresses().filter(home);
  if (Internet.isInternet(flow.to)) return sources.map(from => ({ family: familyOfPrefix(from), arrives: home(from), from, port, reason }));
  return pairs(sources, flow.to.connections.endpoint.addresses())
    .filter(([from, to]) => home(to) !== undefined && home(from) !== home(to) && !sameZone(home(from), home(to)))
    .map(([from, to]) => ({ family: familyOfPrefix(from), arrives: home(from), from, to, port, reason }));
}

function sameZone(a: Vlan | undefined, b: Vlan | undefined): boolean {
  return a !== undefined && b !== undefined && Zone.find(a) !== undefined && Zone.find(a) === Zone.find(b);
}

function pairs(from: readonly string[], to: readonly string[]): [from: string, to: string][] {
  return from.flatMap(a => to.filter(b => familyOfPrefix(a) === familyOfPrefix(b)).map((b): [string, string] => [a, b]));
}

function familyOfPrefix(prefix: string): 4 | 6 {
  return familyOf(prefix.split('/')[0]) ?? 4;
}
