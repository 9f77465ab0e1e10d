import type { IConstruct } from 'constructs';
import { PriorityQueue } from './priority-queue';
import type { Circle, CircleLink, Requirement } from './requirement';
import { shortestCircle } from './shortest-circle';
import { strongComponents } from './strong-components';

type RequirementsOf = (construct: IConstruct) => readonly Requirement[];

/**
 * What each construct waits for, without a circle where there is a way around it, and the circles where there is none.
 *
 * Of supports that can stand in for each other all are waited for, as long as that closes no circle: a resolver on either of two
 * hosts, one of which asks it for names, waits for the other host only.
 */
export class SettledOrder {
  public readonly circles: readonly Circle[];
  /** Every construct after what it waits for. */
  public readonly inOrder: readonly IConstruct[];
  private readonly places: Rank;
  private readonly waits = new Map<IConstruct, readonly IConstruct[]>();

  /** @param nodes those that should come first, first, where the requirements leave a choice */
  constructor(
    public readonly nodes: readonly IConstruct[],
    private readonly requirementsOf: RequirementsOf,
  ) {
    const rank = new Map(nodes.map((node, i): [IConstruct, number] => [node, i]));
    const known = new Map<IConstruct, readonly IConstruct[]>();
    const followers = (node: IConstruct) => {
      const all = known.get(node) ?? [...new Set(this.requirementsOf(node).flatMap(requirement => requirement.on))];
      known.set(node, all);
      return all;
    };
    const circles: Circle[] = [];
    const inOrder: IConstruct[] = [];
    for (const component of strongComponents(nodes, followers)) {
      const [only] = component as [IConstruct];
      const others = followers(only);
      if (component.length === 1 && !others.includes(only)) {
        this.waits.set(only, others);
        inOrder.push(only);
        continue;
      }
      component.sort(byRank(rank));
      const position = this.positions(component, rank);
      const stuck = component.filter(node => !position.has(node));
      inOrder.push(...position.keys(), ...stuck);
      this.settle(component, position, followers);
      circles.push(...this.circlesOf(stuck, rank));
    }
    this.inOrder = inOrder;
    this.places = new Map(inOrder.map((node, i): [IConstruct, number] => [node, i]));
    this.circles = circles.sort((a, b) => byRank(rank)(a[0]?.construct as IConstruct, b[0]?.construct as IConstruct));
  }

  /** What `construct` waits for; those of a circle wait for all that they need. */
  public waitsOf(construct: IConstruct): readonly IConstruct[] {
    return this.waits.get(construct) ?? [];
  }

  /** Where `construct` is in {@link inOrder}; undefined when it is not part of it. */
  public placeOf(construct: IConstruct): number | undefined {
    return this.places.get(construct);
  }

  /** Of the edges inside a component, keeps those that lead back in the order in which its members can come up. */
  private settle(component: readonly IConstruct[], position: Rank, followers: (node: IConstruct) => readonly IConstruct[]): void {
    const inside = new Set(component);
    const place = (construct: IConstruct) => position.get(construct) ?? Number.POSITIVE_INFINITY;
    for (const node of component) {
      const kept = followers(node).filter(other => !position.has(node) || !inside.has(other) || place(other) < place(node));
      this.waits.set(node, kept);
    }
  }

  private circlesOf(stuck: readonly IConstruct[], rank: Rank): Circle[] {
    const isStuck = new Set(stuck);
    const links = new Map(stuck.map((node): [IConstruct, CircleLink[]] => [node, this.linksWithin(node, isStuck)]));
    const linksOf = (node: IConstruct) => links.get(node) ?? [];
    return strongComponents(stuck, node => linksOf(node).map(link => link.on))
      .filter(([first, ...rest]) => rest.length > 0 || linksOf(first as IConstruct).some(link => link.on === first))
      .map(members => {
        const isMember = new Set(members);
        return shortestCircle(members.sort(byRank(rank)), node => linksOf(node).filter(link => isMember.has(link.on)));
      });
  }

  /** The place of each construct of a component in the order in which they can come up; none for those that cannot. */
  private positions(component: readonly IConstruct[], rank: Rank): Map<IConstruct, number> {
    const inside = new Set(component);
    const missing = new Map<IConstruct, number>();
    const waiting = new Map<IConstruct, { readonly node: IConstruct; met: boolean }[]>();
    const ready = new PriorityQueue<IConstruct>();
    for (const node of component) {
      const within = this.requirementsOf(node).filter(({ on, wish }) => !wish && on.every(other => inside.has(other)));
      missing.set(node, within.length);
      if (within.length === 0) ready.push(rank.get(node) as number, node);
      for (const { on } of within) {
        const requirement = { node, met: false };
        for (const other of new Set(on)) listAt(waiting, other).push(requirement);
      }
    }
    const position = new Map<IConstruct, number>();
    for (let node = ready.pop(); node; node = ready.pop()) {
      position.set(node, position.size);
      for (const requirement of waiting.get(node) ?? []) {
        if (requirement.met) continue;
        requirement.met = true;
        const left = (missing.get(requirement.node) as number) - 1;
        missing.set(requirement.node, left);
        if (left === 0) ready.push(rank.get(requirement.node) as number, requirement.node);
      }
    }
    return position;
  }

  /** Unmet needs of a construct that nothing outside `stuck` can meet. */
  private linksWithin(construct: IConstruct, stuck: ReadonlySet<IConstruct>): CircleLink[] {
    return this.requirementsOf(construct)
      .filter(({ on, wish }) => !wish && on.every(other => stuck.has(other)))
      .flatMap(requirement => requirement.on.map(on => ({ construct, on, for: requirement.for })));
  }
}

type Rank = ReadonlyMap<IConstruct, number>;

function byRank(rank: Rank): (a: IConstruct, b: IConstruct) => number {
  return (a, b) => (rank.get(a) as number) - (rank.get(b) as number);
}

function listAt<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
