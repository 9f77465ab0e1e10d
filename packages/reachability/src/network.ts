import type { HostFirewall, Router } from './router';
import { isDefault, Routing } from './routing';
import type { IntervalSet } from './rule-chain';
import type { Segment } from './segment';
import { ALL_ADDRESSES, type Family, parseAddress, UNFORWARDED, UNROUTED } from './space/address-text';
import { has, intersect, NOTHING, overlaps, setOf, subtract, unite } from './space/interval-set';

/** Where packets enter a router of the site: from a segment, from behind a tunnel, or from the Internet. */
export interface Entry {
  readonly router: Router;
  readonly interface: string;
  readonly sources: IntervalSet;
  readonly destinations: IntervalSet;
  /** Whether traffic really takes this way; otherwise somebody could send it there. */
  readonly usual: boolean;
}

/** Segments, and the devices that decide between them. */
export class Network {
  /** Addresses that neither a segment nor a route to anywhere in particular has. */
  public readonly internet: Readonly<Record<Family, IntervalSet>>;
  private readonly known: Partial<Record<Family, readonly Entry[]>> = {};
  private readonly routings: Readonly<Record<Family, ReadonlyMap<Router, Routing>>>;

  constructor(
    public readonly segments: readonly Segment[],
    public readonly routers: readonly Router[],
    public readonly hostFirewalls: readonly HostFirewall[] = [],
  ) {
    const routingsOf = (family: Family) => new Map(routers.map(router => [router, new Routing(router, family)]));
    this.routings = { 4: routingsOf(4), 6: routingsOf(6) };
    const internetOf = (family: Family) => {
      const ours = segments.flatMap(segment => segment.addresses[family]);
      const routed = routers.flatMap(router => [
        ...router.routes.filter(r => r.family === family && !isDefault(r.destination, family)).map(r => r.destination),
        ...router.interfaces.flatMap(i => i.addresses.filter(a => a.family === family).map(a => a.prefix)),
      ]);
      return subtract(ALL_ADDRESSES[family], setOf([...ours, ...routed, ...UNFORWARDED[family]]));
    };
    this.internet = { 4: internetOf(4), 6: internetOf(6) };
  }

  public routing(router: Router, family: Family): Routing {
    return this.routings[family].get(router) as Routing;
  }

  /** Addresses of the routers themselves. */
  public own(family: Family): IntervalSet {
    return [...this.routings[family].values()].reduce<IntervalSet>((all, routing) => unite(all, routing.own), NOTHING);
  }

  /** The router of the site that has an address, and its interface in whose prefix the address is. */
  public routerAt(address: bigint, family: Family): { readonly router: Router; readonly interface: string } | undefined {
    for (const router of this.routers) {
      const found = router.interfaces.find(i => i.addresses.some(a => a.family === family && a.address === address));
      if (found) return { router, interface: found.name };
    }
    return undefined;
  }

  /** Addresses that a router does not separate, being behind one of its interfaces together. The peers of a tunnel are not. */
  public sides(family: Family): IntervalSet[] {
    const entries = this.entries(family).filter(({ router, interface: name }) => !isTunnel(router, name));
    const sides = new Map<string, IntervalSet>();
    for (const { router, interface: name, sources } of entries) {
      const key = `${router.file} ${name}`;
      sides.set(key, unite(sides.get(key) ?? NOTHING, sources));
    }
    return [...sides.values(), ...this.segments.map(segment => segment.addresses[family])];
  }

  public entries(family: Family): readonly Entry[] {
    this.known[family] ??= this.routers.flatMap(router => router.interfaces.flatMap(({ name }) => this.entriesAt(router, name, family)));
    return this.known[family];
  }

  private entriesAt(router: Router, name: string, family: Family): Entry[] {
    const routing = this.routing(router, family);
    const passing = routing.hops.filter(hop => hop.interface === name && hop.nextHop !== undefined && this.routerAt(hop.nextHop, family));
    const behind = subtract(routing.behind(name), setOf(passing.flatMap(hop => hop.destinations)));
    const outside = intersect(behind, this.internet[family]);
    const inside = intersect(behind, routing.specific);
    const base = { router, interface: name };
    const near = this.segments.filter(segment => overlaps(segment.addresses[family], inside));
    const foreign = near.filter(segment => !this.isGatewayOf(router, segment, family));
    const unusual = intersect(inside, setOf(foreign.flatMap(segment => segment.addresses[family])));
    // The Internet has no route to private addresses; it reaches those of the router all the same where a provider passes them on.
    const addressable = unite(subtract(ALL_ADDRESSES[family], UNROUTED[family]), routing.own);
    return [
      { ...base, sources: subtract(inside, unusual), destinations: ALL_ADDRESSES[family], usual: true },
      { ...base, sources: unusual, destinations: ALL_ADDRESSES[family], usual: false },
      { ...base, sources: outside, destinations: addressable, usual: true },
    ].filter(entry => entry.sources.length > 0);
  }

  /** A segment whose gateway is none of ours is left by whatever router is there. */
  private isGatewayOf(router: Router, segment: Segment, family: Family): boolean {
    const gateways = segment.gateways.flatMap(text => {
      const parsed = parseAddress(text);
      return parsed?.family === family ? [parsed.address] : [];
    });
    const ours = gateways.filter(address => this.routers.some(r => this.routing(r, family).owns(address)));
    return ours.length === 0 || ours.some(address => this.routing(router, family).owns(address));
  }

  /** The segment of an address, if it has one. */
  public segmentOf(address: bigint, family: Family): Segment | undefined {
    return this.segments.find(segment => has(segment.addresses[family], address));
  }
}

/** Whether what arrives there comes through a tunnel of the router's own. */
export function isTunnel(router: Router, name: string): boolean {
  return router.interfaces.find(i => i.name === name)?.peers !== undefined;
}
