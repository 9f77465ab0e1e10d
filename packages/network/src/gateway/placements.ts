import { type IConnectable, pathOf } from '@ashlar/core';
import { Ranges } from '../segments/ranges';
import { rangeOf } from '../segments/subnet';
import type { AddressGroup, End, Side } from './side';

/** Where the ends of flows lie, as a gateway sees them; each end is looked up once. */
export class Placements {
  private readonly ranges = { 4: new Ranges<Side>(), 6: new Ranges<Side>() };
  private readonly known = new Map<IConnectable, readonly End[]>();

  constructor(sides: readonly Side[]) {
    for (const side of sides) {
      for (const prefix of new Set(side.prefixes)) {
        const { family, first, last } = rangeOf(prefix);
        // What is contained in a longer one of the same side is there already.
        if (this.ranges[family].overlapping(first, last) === undefined) this.ranges[family].add(first, last, side);
      }
    }
  }

  /** The side in whose prefixes a prefix lies. */
  public sideOf(prefix: string): Side | undefined {
    const { family, first, last } = rangeOf(prefix);
    const side = this.ranges[family].overlapping(first, last);
    return side?.prefixes.some(whole => contains(whole, family, first, last)) ? side : undefined;
  }

  /** Its addresses, by side and family. Addresses that lie behind no side are left out. */
  public of(end: IConnectable): readonly End[] {
    const known = this.known.get(end);
    if (known) return known;
    const parts = new Map<Side, Record<4 | 6, Set<string>>>();
    for (const prefix of end.connections.endpoint.addresses()) {
      const side = this.sideOf(prefix);
      if (!side) continue;
      const part = parts.get(side) ?? { 4: new Set(), 6: new Set() };
      parts.set(side, part);
      part[rangeOf(prefix).family].add(prefix);
    }
    const name = (side: Side) => (parts.size > 1 ? `${slug(end)}.${side.name}` : slug(end));
    const ends = [...parts].flatMap(([side, part]) =>
      ([4, 6] as const)
        .filter(family => part[family].size > 0)
        .map((family): End => ({ side, family, group: groupOf(name(side), part[family]) })),
    );
    this.known.set(end, ends);
    return ends;
  }
}

function groupOf(name: string, prefixes: ReadonlySet<string>): AddressGroup {
  const key = (prefix: string) => rangeOf(prefix).first;
  return { name, prefixes: [...prefixes].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a < b ? -1 : 1)) };
}

/** The path below the site, as a name that firewalls take. */
function slug(end: IConnectable): string {
  return pathOf(end).split('/').slice(1).join('.') || end.node.id;
}

function contains(whole: string, family: 4 | 6, first: bigint, last: bigint): boolean {
  const outer = rangeOf(whole);
  return outer.family === family && outer.first <= first && last <= outer.last;
}
