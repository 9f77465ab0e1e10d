import type { Step } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { passageOf } from './passage';
import type { SitePlans } from './site-plans';

/** Steps of one construct that are in one plan. */
export interface StepList {
  readonly construct: IConstruct;
  /** Tells the plans apart. */
  readonly plan: string;
  readonly steps: readonly Step[];
}

/** Every list of steps that a plan can have of a construct, in no order. */
export function* stepLists({ graph, machines, standing }: SitePlans): Generator<StepList> {
  for (const construct of graph.nodes) {
    const { start = [], stop = [], upgrade = [], restore = [] } = graph.lifecycleOf(construct) ?? {};
    yield { construct, plan: 'restore', steps: [...start, ...restore] };
    yield { construct, plan: 'shutdown', steps: stop };
    yield { construct, plan: 'upgrade', steps: upgrade };
  }
  for (const machine of machines) {
    const lost = standing.lostWith(machine);
    for (const construct of [machine, ...standing.on(machine)]) {
      const { leave, join } = passageOf(graph.lifecycleOf(construct), machine, lost.has(construct));
      if (leave.length + join.length > 0) yield { construct, plan: `replace ${graph.pathOf(machine)}`, steps: [...leave, ...join] };
    }
  }
}

/** Every step once, with its construct. */
export function declaredSteps(plans: SitePlans): Iterable<{ readonly construct: IConstruct; readonly step: Step }> {
  const found = new Map<IConstruct, Map<string, Step>>();
  for (const { construct, steps } of stepLists(plans)) {
    const known = found.get(construct) ?? new Map<string, Step>();
    found.set(construct, known);
    for (const step of steps) known.set(step.id, known.get(step.id) ?? step);
  }
  return [...found].flatMap(([construct, steps]) => [...steps.values()].map(step => ({ construct, step })));
}
