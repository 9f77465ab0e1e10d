import { type Flow, type IConnectable, isConnectable, type Port, pathOf, Site } from '@ashlar/core';
import { Internet } from '../segments/internet';
import { isPrivate } from '../segments/subnet';
import type { Vlan } from '../segments/vlan';
import { Zone } from '../segments/zone';
import { BgpPeering } from './bgp-peering';
import { DynamicUplink } from './dynamic-uplink';
import type { IGateway } from './gateway';
import { Placements } from './placements';
import { PolicyRoute } from './policy-route';
import type { AddressGroup, End, Side } from './side';
import { type ITunnel, tunnelsOf } from './tunnel';

/** What a gateway passes from one side to another; everything else it drops. */
export interface Passage {
  readonly family: 4 | 6;
  readonly arrives: Side;
  readonly leaves: Side;
  /** Undefined: everybody on the Internet, or the gateway itself, as `arrives` says. */
  readonly from?: AddressGroup;
  readonly to?: AddressGroup;
  readonly port: Port;
  /** What it comes from. */
  readonly flow: Flow;
  /** For people. */
  readonly reason: string;
}

/**
 * What the model means to one gateway, whoever made it: its sides, and what passes between them. The renderers of VyOS and pfSense
 * read nothing else of the flows.
 */
export class GatewayPlan {
  public readonly local: Side = { name: 'LOCAL', kind: 'local', prefixes: [] };
  public readonly uplink: Side;
  /** Segments by tag, tunnels by name, then the uplink. */
  public readonly sides: readonly Side[];
  public readonly tunnels: readonly ITunnel[];
  /** Segments that reach the Internet by a tunnel. */
  public readonly exits: ReadonlyMap<Vlan, ITunnel>;
  private readonly placements: Placements;

  constructor(private readonly gateway: IGateway) {
    const { wan } = gateway;
    this.uplink = DynamicUplink.is(wan)
      ? { name: 'wan', kind: 'uplink', prefixes: [] }
      : { name: wan.vlan.name, kind: 'uplink', vlan: wan.vlan, prefixes: wan.vlan.cidrs };
    const segments = [...gateway.segments].sort((a, b) => a.tag - b.tag);
    const all = Site.of(gateway).findAll();
    const peerings = all.filter(BgpPeering.isBgpPeering).filter(peering => peering.gateway === gateway);
    const announced = (vlan: Vlan) => peerings.filter(peering => peering.segment === vlan).flatMap(peering => peering.prefixes);
    const inner = segments.map((vlan): Side => ({ name: vlan.name, kind: 'segment', vlan, prefixes: [...vlan.cidrs, ...announced(vlan)] }));
    this.tunnels = tunnelsOf(gateway);
    const tunnels = this.tunnels.map(
      (tunnel): Side => ({
        name: tunnel.name,
        kind: 'tunnel',
        prefixes: [...tunnel.prefixes, ...tunnel.peers.flatMap(peer => peer.prefixes)],
      }),
    );
    this.sides = [...inner, ...tunnels, this.uplink];
    this.exits = new Map([
      ...this.tunnels.flatMap(tunnel => tunnel.peers.flatMap(peer => peer.routed.map((vlan): [Vlan, ITunnel] => [vlan, tunnel]))),
      ...all.filter(PolicyRoute.isPolicyRoute).map((route): [Vlan, ITunnel] => [route.from, route.via]),
    ]);
    this.placements = new Placements(this.sides);
  }

  /** The side behind which a prefix of the site lies. */
  public sideOf(prefix: string): Side | undefined {
    return this.placements.sideOf(prefix);
  }

  /** The side through which a side reaches the Internet: a tunnel that its prefix is routed over, or else the uplink. */
  public exitOf(side: Side): Side {
    const tunnel = side.vlan && this.exits.get(side.vlan);
    return this.sides.find(s => s.kind === 'tunnel' && s.name === tunnel?.name) ?? this.uplink;
  }

  /** Whether two sides trust each other, being of one zone. The peers of a tunnel do not. */
  public sameZone(a: Side, b: Side): boolean {
    const zone = a.vlan && Zone.find(a.vlan);
    return (a === b && a.kind !== 'tunnel') || (zone !== undefined && b.vlan !== undefined && Zone.find(b.vlan) === zone);
  }

  /** What passes, each once, in an order that does not depend on that of construction. */
  public passages(): Passage[] {
    const found = new Map<string, Passage>();
    for (const to of Site.of(this.gateway).findAll().filter(isConnectable)) {
      for (const passage of to.connections.ingress.flatMap(flow => this.passagesOf(flow))) {
        const key = keyOf(passage);
        const known = found.get(key);
        if (known === undefined || passage.reason < known.reason) found.set(key, passage);
      }
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, passage]) => passage);
  }

  /** What a flow means here; nothing when it passes elsewhere. */
  public passagesOf(flow: Flow): Passage[] {
    const base = { flow, port: flow.port, reason: `${pathOf(flow.from)} to ${pathOf(flow.to)}` };
    if (Internet.isInternet(flow.from)) {
      return this.ends(flow.to)
        .filter(({ side, family }) => side.kind !== 'uplink' && carries(this.exitOf(side), family))
        .map(({ side, family, group }) => ({ ...base, family, arrives: this.exitOf(side), leaves: side, to: group }));
    }
    if (Internet.isInternet(flow.to)) {
      return this.ends(flow.from)
        .filter(({ side, family, group }) => side.kind !== 'uplink' && carries(this.exitOf(side), family) && !isUniqueLocal(family, group))
        .map(({ side, family, group }) => ({ ...base, family, arrives: side, leaves: this.exitOf(side), from: group }));
    }
    const targets = this.ends(flow.to);
    return this.ends(flow.from).flatMap(from =>
      targets
        .filter(to => to.family === from.family && !this.sameZone(from.side, to.side))
        .map(to => ({ ...base, family: from.family, arrives: from.side, leaves: to.side, from: from.group, to: to.group })),
    );
  }

  private ends(end: IConnectable): readonly End[] {
    if (end === this.gateway) return [4, 6].map((family): End => ({ side: this.local, family: family as 4 | 6 }));
    return this.placements.of(end);
  }
}

/** Whether packets of a family leave by a side. Of an address that the provider gives, only IPv4 is certain. */
function carries({ prefixes }: Side, family: 4 | 6): boolean {
  return prefixes.length === 0 ? family === 4 : prefixes.some(prefix => prefix.includes(':') === (family === 6));
}

/** IPv6 is not translated, so such addresses do not get out. */
function isUniqueLocal(family: 4 | 6, group: AddressGroup | undefined): boolean {
  return family === 6 && group?.prefixes.every(isPrivate) === true;
}

function keyOf({ arrives, leaves, family, from, to, port }: Passage): string {
  const prefixes = (group: AddressGroup | undefined) => (group ? group.prefixes.join(' ') : '');
  return [arrives.name, leaves.name, family, port.protocol, String(port.from).padStart(5, '0'), port.to, prefixes(from), prefixes(to)].join(
    '\0',
  );
}
