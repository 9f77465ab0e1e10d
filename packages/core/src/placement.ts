import type { IConstruct } from 'constructs';

/** What a construct stands on, so that one can say what dies with a host, a switch or a power feed. */
export interface Placement {
  /**
   * Groups of supports. The construct is lost when, in any group, every support is lost: `[[machine]]` stands on one
   * machine, `[[feedA, feedB]]` on either of two feeds, `[[rack], [feedA, feedB]]` on the rack and either feed.
   */
  readonly standsOn: readonly (readonly IConstruct[])[];
}

/** A construct that has a place. */
export interface IPlaced extends IConstruct {
  readonly placement: Placement;
}

export function isPlaced(construct: IConstruct): construct is IPlaced {
  return 'placement' in construct;
}

/**
 * The groups of something that needs a majority of its members, such as etcd: of three, any two; so in every pair one must be
 * there.
 */
export function majorityOf(members: readonly IConstruct[]): readonly (readonly IConstruct[])[] {
  const size = Math.ceil(members.length / 2);
  let groups: IConstruct[][] = [[]];
  for (const [i, member] of members.entries()) {
    const left = members.length - i - 1;
    groups = groups.flatMap(group => [
      ...(group.length < size ? [[...group, member]] : []),
      ...(group.length + left >= size ? [group] : []),
    ]);
  }
  return groups;
}

/** The constructs that `construct` cannot do without, directly or through others: its failure domains. Iterative. */
export function failureDomains(construct: IConstruct): Set<IConstruct> {
  const domains = new Set<IConstruct>();
  const open = [construct];
  while (open.length > 0) {
    const at = open.pop() as IConstruct;
    if (!isPlaced(at)) continue;
    for (const group of at.placement.standsOn) {
      const [only] = group;
      if (group.length === 1 && only && !domains.has(only)) {
        domains.add(only);
        open.push(only);
      }
    }
  }
  return domains;
}
