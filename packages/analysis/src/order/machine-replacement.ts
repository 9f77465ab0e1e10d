import type { Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { DependencyGraph } from './dependency-graph';
import { type Passage, passageOf } from './passage';
import type { PlannedStep } from './plan';
import type { SettledOrder } from './settled-order';
import type { StandingIndex } from './standing-index';
import { inPhases, plannedSteps } from './step-graph';

type WaitsOf = (construct: IConstruct) => readonly IConstruct[];

/**
 * How a machine is replaced by another: what stands on it leaves, those that need others first; the machine goes down, the new one comes
 * up; all enters again, and what was lost with the machine gets its data back.
 */
export class MachineReplacement {
  private readonly passages = new Map<IConstruct, Passage>();

  constructor(
    private readonly graph: DependencyGraph,
    private readonly order: SettledOrder,
    standing: StandingIndex,
    private readonly machine: IConstruct,
  ) {
    const lost = standing.lostWith(machine);
    for (const construct of standing.on(machine)) {
      if (graph.has(construct)) this.passages.set(construct, passageOf(graph.lifecycleOf(construct), machine, lost.has(construct)));
    }
  }

  public steps(): PlannedStep[] {
    const place = (construct: IConstruct) => this.order.placeOf(construct) as number;
    const passages = [...this.passages.keys()].sort((a, b) => place(a) - place(b));
    const dependants = new Map(passages.map((construct): [IConstruct, IConstruct[]] => [construct, []]));
    for (const construct of passages) for (const other of this.waitsOf(construct)) dependants.get(other)?.push(construct);

    const { graph } = this;
    const names = {
      pathOf: (construct: IConstruct) => graph.pathOf(construct),
      rankOf: (construct: IConstruct) => graph.rankOf(construct),
    };
    const of = (kind: keyof Passage, nodes: readonly IConstruct[], waitsOf: WaitsOf) =>
      plannedSteps({ nodes, waitsOf, stepsOf: construct => this.passages.get(construct)?.[kind] ?? [], ...names });
    const own = passageOf(this.graph.lifecycleOf(this.machine), this.machine, true);
    const ofMachine = (steps: readonly Step[]) =>
      plannedSteps({ nodes: [this.machine], waitsOf: () => [], stepsOf: () => steps, ...names });
    return inPhases(
      of('leave', [...passages].reverse(), construct => dependants.get(construct) ?? []),
      ofMachine(own.leave),
      ofMachine(own.join),
      of('join', passages, construct => this.waitsOf(construct)),
    );
  }

  /** Only among those that stand on the machine: the others stay up. */
  private waitsOf(construct: IConstruct): readonly IConstruct[] {
    return this.order.waitsOf(construct).filter(other => this.passages.has(other));
  }
}
