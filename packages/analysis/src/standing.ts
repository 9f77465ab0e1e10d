import { pathOf, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { byName } from './by-name';
import { kindOf, placementOf } from './readings';

/** A physical computer, as far as contracts tell. */
export function isMachine(construct: IConstruct): boolean {
  return kindOf(construct) === 'machine';
}

export function isGuest(construct: IConstruct): boolean {
  return kindOf(construct) === 'guest';
}

/**
 * The machines that can carry a construct, the one that it runs on first: those of the first group of supports that
 * leads to machines. One machine means that the construct is lost with it, several that it moves.
 */
export function machinesUnder(construct: IConstruct, path: readonly IConstruct[] = []): readonly IConstruct[] {
  if (isMachine(construct)) return [construct];
  if (path.includes(construct)) return [];
  for (const group of placementOf(construct)?.standsOn ?? []) {
    const machines = new Set(group.flatMap(support => machinesUnder(support, [...path, construct])));
    if (machines.size > 0) return [...machines];
  }
  return [];
}

/** Feeds, switches and racks: what machines can be lost with. By kind, then by name. */
export function failingDomains(site: Site): IConstruct[] {
  const all = site.findAll();
  return ['feed', 'switch', 'rack'].flatMap(kind =>
    all.filter(construct => kindOf(construct) === kind).sort((a, b) => byName(a.node.id, b.node.id) || byName(pathOf(a), pathOf(b))),
  );
}

/** What a construct stands on itself: of feeds, those that it is plugged into. */
export function directSupports(construct: IConstruct): Set<IConstruct> {
  return new Set(placementOf(construct)?.standsOn.flat());
}

/** The rack that a construct stands in, or is declared in. */
export function rackOf(construct: IConstruct): IConstruct | undefined {
  const isRack = (other: IConstruct) => kindOf(other) === 'rack';
  return [...directSupports(construct)].find(isRack) ?? construct.node.scopes.find(isRack);
}

/** Everything that a construct stands on, directly or through others, nearest first. */
export function supportsOf(construct: IConstruct): Set<IConstruct> {
  const supports = new Set<IConstruct>();
  const open = [construct];
  for (let at = open.shift(); at; at = open.shift()) {
    for (const support of placementOf(at)?.standsOn.flat() ?? []) {
      if (supports.has(support) || support === construct) continue;
      supports.add(support);
      open.push(support);
    }
  }
  return supports;
}
