import type { Route, Router } from './router';
import type { Interval, IntervalSet } from './rule-chain';
import { ALL_ADDRESSES, type Family, UNFORWARDED } from './space/address-text';
import { has, intersect, NOTHING, setOf, single, subtract, unite } from './space/interval-set';

/** Where packets to some destinations go next. */
export interface Hop {
  /** Undefined when they are discarded. */
  readonly interface?: string;
  /** Next router; undefined when the destinations are neighbors. */
  readonly nextHop?: bigint;
  readonly destinations: IntervalSet;
}

/** Stands for the address that a provider gives, where the configuration cannot say it: no packet has it as its destination. */
export const GIVEN_ADDRESS = 0n;

/** The routes of one router in one family: the longest prefix decides. */
export class Routing {
  /** Its own addresses: what is sent to them goes no further. */
  public readonly own: IntervalSet;
  public readonly hops: readonly Hop[];
  /** What it has a route to that is not the default one. */
  public readonly specific: IntervalSet;
  private readonly tables = new Map<readonly Route[], readonly Hop[]>();

  constructor(
    private readonly router: Router,
    public readonly family: Family,
  ) {
    const addresses = router.interfaces.flatMap(i => i.addresses.filter(a => a.family === family));
    const given = this.main().some(route => route.nextHop === undefined && this.isUnnumbered(route.interface));
    this.own = setOf([...addresses.flatMap(a => single(a.address)), ...(given ? single(GIVEN_ADDRESS) : [])]);
    this.hops = this.resolve([...this.main(), ...this.connected()]);
    this.specific = setOf(
      [...this.main(), ...this.connected()].map(route => route.destination).filter(prefix => !isDefault(prefix, family)),
    );
  }

  /** The hops of another table than the main one. */
  public through(routes: readonly Route[]): readonly Hop[] {
    const known = this.tables.get(routes) ?? this.resolve(routes.filter(route => route.family === this.family));
    this.tables.set(routes, known);
    return known;
  }

  /** Addresses whose answers go out by an interface, in the main table or in one that traffic is diverted to. */
  public behind(name: string): IntervalSet {
    const diverted = (this.router.diversions ?? []).flatMap(diversion => this.through(diversion.routes));
    const leading = [...this.hops, ...diverted].filter(hop => hop.interface === name);
    return this.allowed(name, setOf(leading.flatMap(hop => hop.destinations)));
  }

  private main(): readonly Route[] {
    return this.router.routes.filter(route => route.family === this.family);
  }

  private connected(): Route[] {
    return this.router.interfaces.flatMap(({ name, addresses }) =>
      addresses.filter(a => a.family === this.family).map(({ family, prefix }) => ({ family, destination: prefix, interface: name })),
    );
  }

  private isUnnumbered(name: string | undefined): boolean {
    const found = this.router.interfaces.find(i => i.name === name);
    return found !== undefined && found.peers === undefined && !found.addresses.some(a => a.family === this.family);
  }

  /** A tunnel takes only what its peers are allowed. */
  private allowed(name: string | undefined, set: IntervalSet): IntervalSet {
    const peers = this.router.interfaces.find(i => i.name === name)?.peers;
    return peers ? intersect(set, peers[this.family]) : set;
  }

  /** A route whose next router is no neighbor, or whose interface is not there, is idle. */
  private interfaceOf(route: Route): string | undefined {
    if (route.interface !== undefined) return this.router.interfaces.find(i => i.name === route.interface)?.name;
    const next = route.nextHop;
    if (next === undefined) return undefined;
    const near = (prefix: Interval) => prefix.first <= next && next <= prefix.last;
    return this.router.interfaces.find(i => i.addresses.some(a => a.family === this.family && near(a.prefix)))?.name;
  }

  private resolve(routes: readonly Route[]): Hop[] {
    const hops = new Map<string, { hop: Hop; parts: Interval[] }>();
    const usable = routes.map(route => ({ route, name: this.interfaceOf(route) })).filter(({ route, name }) => route.blackhole || name);
    for (const { part, holders } of longestFirst(usable.map(({ route }) => route.destination))) {
      for (const index of holders) {
        const { route, name } = usable[index] as (typeof usable)[number];
        const hop: Omit<Hop, 'destinations'> = route.blackhole
          ? {}
          : { interface: name, ...(route.nextHop !== undefined && { nextHop: route.nextHop }) };
        const key = `${hop.interface} ${hop.nextHop}`;
        const entry = hops.get(key) ?? { hop: { ...hop, destinations: NOTHING }, parts: [] };
        entry.parts.push(part);
        hops.set(key, entry);
      }
    }
    return [...hops.values()].map(({ hop, parts }) => ({
      ...hop,
      destinations: this.allowed(hop.interface, subtract(setOf(parts), UNFORWARDED[this.family])),
    }));
  }

  /** Whether an address is one of its own. */
  public owns(address: bigint): boolean {
    return has(this.own, address);
  }

  /** Whatever it has a route to by another table. */
  public known(routes: readonly Route[]): IntervalSet {
    return this.through(routes).reduce<IntervalSet>((all, hop) => unite(all, hop.destinations), NOTHING);
  }
}

/** Parts of the number line with the smallest of the nested intervals around them; equal ones share. */
function longestFirst(intervals: readonly Interval[]): { readonly part: Interval; readonly holders: readonly number[] }[] {
  const byKey = new Map<string, { interval: Interval; holders: number[] }>();
  for (const [index, interval] of intervals.entries()) {
    const key = `${interval.first}-${interval.last}`;
    const entry = byKey.get(key) ?? { interval, holders: [] };
    entry.holders.push(index);
    byKey.set(key, entry);
  }
  const sorted = [...byKey.values()].sort(
    (a, b) => compare(a.interval.first, b.interval.first) || compare(b.interval.last, a.interval.last),
  );
  const found: { part: Interval; holders: readonly number[] }[] = [];
  const around: (typeof sorted)[number][] = [];
  let at = 0n;
  const until = (end: bigint) => {
    for (let top = around.at(-1); top && top.interval.last < end; top = around.at(-1)) {
      if (at <= top.interval.last) found.push({ part: { first: at, last: top.interval.last }, holders: top.holders });
      at = at > top.interval.last + 1n ? at : top.interval.last + 1n;
      around.pop();
    }
    const top = around.at(-1);
    if (top && at < end) found.push({ part: { first: at, last: end - 1n }, holders: top.holders });
    at = at > end ? at : end;
  };
  for (const entry of sorted) {
    until(entry.interval.first);
    around.push(entry);
  }
  until(1n << 129n);
  return found;
}

/** Whether a prefix is that of a default route. */
export function isDefault({ first, last }: Interval, family: Family): boolean {
  return first === 0n && last === ALL_ADDRESSES[family][0]?.last;
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
