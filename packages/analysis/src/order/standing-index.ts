import type { IConstruct } from 'constructs';
import { placementOf } from '../readings';

interface Group {
  readonly construct: IConstruct;
  readonly size: number;
}

/** What stands on what, read once, to ask from below: what is on a machine, what is lost with a feed. Iterative. */
export class StandingIndex {
  private readonly groups = new Map<IConstruct, Group[]>();

  constructor(constructs: Iterable<IConstruct>) {
    for (const construct of constructs) {
      for (const group of placementOf(construct)?.standsOn ?? []) {
        const supports = new Set(group);
        // One object for each group, so that its losses are counted together.
        const held: Group = { construct, size: supports.size };
        for (const support of supports) {
          const groups = this.groups.get(support);
          if (groups) groups.push(held);
          else this.groups.set(support, [held]);
        }
      }
    }
  }

  /** All that stands on `cause`, directly or through others, also where something else could carry it; nearest first. */
  public on(cause: IConstruct): Set<IConstruct> {
    const found = new Set<IConstruct>();
    const open = [cause];
    for (const at of open) {
      for (const { construct } of this.groups.get(at) ?? []) {
        if (found.has(construct) || construct === cause) continue;
        found.add(construct);
        open.push(construct);
      }
    }
    return found;
  }

  /** All that is lost with `cause`: in one of its groups, no support is left. */
  public lostWith(cause: IConstruct): Set<IConstruct> {
    const lost = new Set([cause]);
    const left = new Map<Group, number>();
    for (const at of lost) {
      for (const group of this.groups.get(at) ?? []) {
        const rest = (left.get(group) ?? group.size) - 1;
        left.set(group, rest);
        if (rest === 0) lost.add(group.construct);
      }
    }
    return lost;
  }
}
