import type { Declaration, DeclaredEnd, DeclaredFlow } from './declaration';
import { guardedAddresses } from './guard';
import { hypervisorNeeds } from './hypervisor-needs';
import { localServices } from './local-services';
import type { Network } from './network';
import type { Passage } from './passage';
import { portsOf } from './question';
import type { Reachability } from './reachability';
import { type IntervalSet, PROTOCOLS, type Protocol } from './rule-chain';
import { FAMILIES, type Family, UNROUTED } from './space/address-text';
import type { Box } from './space/box';
import { minus } from './space/first-match';
import { includes, intersect, NOTHING, overlaps, setOf, subtract, unite } from './space/interval-set';
import { ALL_PORTS } from './space/ports';

/** A region that a declared flow needs and does not get. */
export interface Missing extends Box {
  readonly family: Family;
  readonly protocol: Protocol;
  /** Undefined: what the segments of a zone need of each other. */
  readonly flow?: DeclaredFlow;
  readonly zone?: string;
}

export interface Comparison {
  readonly missing: readonly Missing[];
  /** What gets through that nothing declares. */
  readonly excess: readonly Passage[];
}

/** What gets through against what was declared. */
export function comparisonOf(reachability: Reachability, declaration: Pick<Declaration, 'segments' | 'flows'>): Comparison {
  const missing: Missing[] = [];
  const excess: Passage[] = [];
  for (const family of FAMILIES) {
    const sides = new Sides(reachability.network, declaration, family);
    for (const protocol of PROTOCOLS) {
      const forwarded = reachability.of(family, protocol, false);
      const local = reachability.of(family, protocol, true);
      excess.push(...minus(forwarded, sides.permitted(protocol)));
      excess.push(...minus(local, [...sides.declared(protocol), ...localServices(reachability.network, family, protocol)]));
      const answered = [...forwarded, ...local].filter(passage => passage.answered);
      missing.push(...minus(sides.required(protocol), answered));
    }
  }
  return { missing, excess };
}

/** The regions of one family that a declaration permits, and those that it requires. */
class Sides {
  private readonly own: IntervalSet;
  private readonly guarded: IntervalSet;
  /** Addresses that the routers lead to, or take packets from. */
  private readonly routed: IntervalSet;
  /** What flows from and to the Internet need of it. */
  private readonly internet: IntervalSet;
  private readonly zones: readonly { readonly zone: string; readonly addresses: readonly IntervalSet[] }[];
  private readonly flows: ReadonlyMap<Protocol, readonly DeclaredFlow[]>;

  constructor(
    private readonly network: Network,
    private readonly declaration: Pick<Declaration, 'segments' | 'flows'>,
    private readonly family: Family,
  ) {
    this.own = network.own(family);
    this.guarded = guardedAddresses(network.hostFirewalls, family);
    const led = network.routers.flatMap(router => network.routing(router, family).hops.flatMap(hop => hop.destinations));
    this.routed = setOf(led);
    // A site whose uplink has one family has the Internet of that family.
    const online = FAMILIES.filter(f => network.entries(f).some(entry => overlaps(entry.sources, network.internet[f])));
    this.internet = network.routers.length > 0 && (online.length === 0 || online.includes(family)) ? network.internet[family] : NOTHING;
    const names = [...new Set(declaration.segments.flatMap(segment => segment.zone ?? []))];
    this.zones = names.map(zone => ({
      zone,
      addresses: declaration.segments.filter(segment => segment.zone === zone).map(segment => segment.addresses[family]),
    }));
    this.flows = new Map(PROTOCOLS.map(protocol => [protocol, declaration.flows.filter(flow => flow.port.protocol === protocol)]));
  }

  public permitted(protocol: Protocol): Box[] {
    const ports = ALL_PORTS[protocol];
    const zones = this.zones.map(({ addresses }) => ({ source: setOf(addresses.flat()), destination: setOf(addresses.flat()), ports }));
    const neighbors = this.network.sides(this.family).map(side => ({ source: side, destination: subtract(side, this.guarded), ports }));
    return [...this.declared(protocol), ...filled([...zones, ...neighbors, ...hypervisorNeeds(this.network, this.family, protocol)])];
  }

  /** What flows say, apart from what nobody filters. */
  public declared(protocol: Protocol): Box[] {
    const flows = (this.flows.get(protocol) ?? []).map(({ from, to, port }) => ({
      source: this.addressesOf(from),
      destination: this.allOf(this.addressesOf(to)),
      // Types of icmp other than the echo request come with it: they are its errors.
      ports: protocol === 'icmp' ? ALL_PORTS.icmp : portsOf(port, this.family),
    }));
    return filled(flows);
  }

  public required(protocol: Protocol): Missing[] {
    const base = { family: this.family, protocol };
    const flows = (this.flows.get(protocol) ?? []).flatMap(flow => {
      const ends = { source: this.needed(flow.from, flow.to), destination: this.needed(flow.to, flow.from) };
      return {
        ...base,
        flow,
        source: subtract(ends.source, this.own),
        destination: this.targets(ends.destination),
        ports: portsOf(flow.port, this.family),
      };
    });
    const outer = (set: IntervalSet) => subtract(subtract(intersect(set, this.routed), this.own), this.guarded);
    const zones = this.zones.flatMap(({ zone, addresses }) =>
      addresses.flatMap(from =>
        addresses
          .filter(to => to !== from)
          .map(to => ({ ...base, zone, source: outer(from), destination: outer(to), ports: ALL_PORTS[protocol] })),
      ),
    );
    return filled([...flows, ...zones]);
  }

  /** A flow to a router is one to any of its addresses. */
  private allOf(addresses: IntervalSet): IntervalSet {
    if (!includes(this.own, addresses)) return addresses;
    const routers = this.network.routers.map(router => this.network.routing(router, this.family).own);
    return routers.filter(own => overlaps(own, addresses)).reduce(unite, addresses);
  }

  private addressesOf(end: DeclaredEnd): IntervalSet {
    return end.internet ? this.network.internet[this.family] : end.addresses[this.family];
  }

  /** What of an end can take part at all: no private address is on the Internet, and IPv6 has no translation. */
  private needed(end: DeclaredEnd, other: DeclaredEnd): IntervalSet {
    if (end.internet) return subtract(this.internet, UNROUTED[this.family]);
    const addresses = end.addresses[this.family];
    const own = other.internet && this.family === 6 ? subtract(addresses, UNROUTED[6]) : addresses;
    const near = this.declaration.segments.filter(segment => intersect(segment.addresses[this.family], own).length > 0);
    const inOneSegment =
      near.length === 1 &&
      intersect((near[0] as { addresses: Record<Family, IntervalSet> }).addresses[this.family], other.addresses[this.family]).length > 0;
    return inOneSegment ? own : intersect(own, this.routed);
  }

  /** A flow to a segment does not mean its router; one to the router does. */
  private targets(addresses: IntervalSet): IntervalSet {
    const others = subtract(addresses, this.own);
    return others.length > 0 ? others : addresses;
  }
}

function filled<T extends Box>(boxes: readonly T[]): T[] {
  return boxes.filter(box => box.source.length > 0 && box.destination.length > 0 && box.ports.length > 0);
}
