import type { IConstruct } from 'constructs';
import { kindOf } from '../readings';
import { isMachine } from '../standing';
import { type ColdStart, coldStart, type SimulatedStep } from './cold-start';
import type { SitePlans } from './site-plans';

/** One start that was tried on a model of the site. */
export interface TriedStart {
  /** What it began from: `an empty rack`, `rack/mains without power, and back`. */
  readonly from: string;
  /** Steps that had to be done. */
  readonly steps: number;
  readonly result: ColdStart;
}

/** Tries the start-up of a site on a model of it: from nothing, with failures, and after each loss of power. */
export class Rehearsal {
  private readonly steps: readonly SimulatedStep[];
  private readonly stepsOf = new Map<IConstruct, SimulatedStep[]>();

  constructor(private readonly plans: SitePlans) {
    const owners = plans.starters();
    this.steps = plans.startUp().steps.map(({ id, budgetSeconds, needs }) => {
      const construct = owners.get(id);
      return { id, budgetSeconds, needs, ...(construct && { construct }) };
    });
    for (const step of this.steps) {
      if (!step.construct) continue;
      const own = this.stepsOf.get(step.construct);
      if (own) own.push(step);
      else this.stepsOf.set(step.construct, [step]);
    }
  }

  public fromNothing(): ColdStart {
    return this.run();
  }

  /** From nothing; from nothing with every step failing once; and with each feed off and on again. */
  public all(): TriedStart[] {
    const { constructs, standing } = this.plans;
    const feeds = constructs.filter(construct => kindOf(construct) === 'feed' && [...standing.on(construct)].some(isMachine));
    const named = feeds.map(feed => ({ path: this.plans.graph.pathOf(feed), lost: standing.lostWith(feed) }));
    return [
      { from: 'an empty rack', steps: this.steps.length, result: this.run() },
      { from: 'an empty rack, and each step fails once', steps: this.steps.length, result: this.run(() => true) },
      ...named
        .sort((a, b) => (a.path < b.path ? -1 : 1))
        .flatMap(({ path, lost }) => this.afterLoss(`${path} without power, and back`, lost)),
    ];
  }

  /** Only what was lost has to come up; all else is up already. */
  private afterLoss(from: string, lost: ReadonlySet<IConstruct>): TriedStart[] {
    const { graph } = this.plans;
    const down = [...lost].filter(construct => graph.has(construct));
    const steps = down.flatMap(construct => this.stepsOf.get(construct) ?? []);
    if (steps.length === 0) return [];
    const ids = new Set(steps.map(step => step.id));
    const source = {
      nodes: down,
      requirementsOf: (construct: IConstruct) => graph.requirementsOf(construct).filter(({ on }) => on.every(other => lost.has(other))),
    };
    const open = steps.map(step => ({ ...step, needs: step.needs.filter(need => ids.has(need)) }));
    return [{ from, steps: steps.length, result: coldStart(source, open) }];
  }

  private run(failOnce?: (id: string) => boolean): ColdStart {
    const { graph } = this.plans;
    return coldStart({ nodes: graph.nodes, requirementsOf: construct => graph.requirementsOf(construct) }, this.steps, failOnce);
  }
}
