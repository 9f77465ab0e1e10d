import type { IConstruct } from 'constructs';
import type { Requirement } from './requirement';

/** What a world is made of. */
export interface WorldSource {
  readonly nodes: readonly IConstruct[];
  requirementsOf(construct: IConstruct): readonly Requirement[];
}

/**
 * Which constructs are up at a moment. It knows no plan: a construct is up when all that has to be done for it is done, and one of each
 * group that it needs is up.
 */
export class World {
  private readonly isUp = new Set<IConstruct>();
  private readonly unmet = new Map<IConstruct, number>();
  private readonly waiting = new Map<IConstruct, { readonly construct: IConstruct; met: boolean }[]>();
  private readonly toDo: Map<IConstruct, number>;

  /** @param toDo how many steps have to be done for each construct before it is up; without an entry, none */
  constructor(source: WorldSource, toDo: ReadonlyMap<IConstruct, number>) {
    this.toDo = new Map(toDo);
    for (const construct of source.nodes) {
      const requirements = source.requirementsOf(construct);
      this.unmet.set(construct, requirements.length);
      for (const { on } of requirements) {
        const requirement = { construct, met: false };
        for (const other of new Set(on)) {
          const list = this.waiting.get(other);
          if (list) list.push(requirement);
          else this.waiting.set(other, [requirement]);
        }
      }
    }
    this.settle(source.nodes);
  }

  /** Whether all that it needs is up. */
  public canStart(construct: IConstruct): boolean {
    return (this.unmet.get(construct) ?? 0) === 0;
  }

  public isRunning(construct: IConstruct): boolean {
    return this.isUp.has(construct);
  }

  /** One step of `construct` is done. Returns what can start from now on. */
  public done(construct: IConstruct): IConstruct[] {
    this.toDo.set(construct, (this.toDo.get(construct) ?? 0) - 1);
    return this.settle([construct]);
  }

  /** Everything comes up that can, and what that lets come up. */
  private settle(changed: readonly IConstruct[]): IConstruct[] {
    const startable: IConstruct[] = [];
    const open = [...changed];
    for (let at = open.pop(); at; at = open.pop()) {
      if (this.isUp.has(at) || !this.canStart(at) || (this.toDo.get(at) ?? 0) > 0) continue;
      this.isUp.add(at);
      for (const requirement of this.waiting.get(at) ?? []) {
        if (requirement.met) continue;
        requirement.met = true;
        const left = (this.unmet.get(requirement.construct) ?? 0) - 1;
        this.unmet.set(requirement.construct, left);
        if (left > 0) continue;
        startable.push(requirement.construct);
        open.push(requirement.construct);
      }
    }
    return startable;
  }
}
