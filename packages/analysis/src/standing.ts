import type { IConstruct } from 'constructs';
import { depictionOf, placementOf } from './readings';

/** A physical computer, as far as contracts tell. */
export function isMachine(construct: IConstruct): boolean {
  return depictionOf(construct)?.kind === 'machine';
}

export function isGuest(construct: IConstruct): boolean {
  return depictionOf(construct)?.kind === 'guest';
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
