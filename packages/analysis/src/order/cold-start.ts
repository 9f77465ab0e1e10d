import type { IConstruct } from 'constructs';
import { PriorityQueue } from './priority-queue';
import { World, type WorldSource } from './world';

/** A step of a plan as the simulation takes it. */
export interface SimulatedStep {
  readonly id: string;
  /** What comes up by it; none for a step that only waits for others. */
  readonly construct?: IConstruct;
  readonly budgetSeconds: number;
  readonly needs: readonly string[];
}

/** How a start went. */
export interface ColdStart {
  /** Steps in the order in which they were done. */
  readonly done: readonly string[];
  /** Steps that never could be done. */
  readonly stuck: readonly string[];
  /** Constructs that never came up. */
  readonly down: readonly IConstruct[];
  /** How often a step was tried before what it needs was up, and so failed. A good plan has none. */
  readonly refused: number;
  /** Moments at which something was done. */
  readonly ticks: number;
  /** The most steps that ran at once. */
  readonly width: number;
  /** How long it took when every step takes its budget, and everything runs at once that may. */
  readonly seconds: number;
}

/**
 * Carries a plan out on a {@link World} that does not know the plan: a step succeeds only if what its construct needs is up at that
 * moment, and is tried again once it is. It ends when nothing more can be done.
 * @param failOnce steps that fail the first time @default - none
 */
export function coldStart(
  source: WorldSource,
  steps: readonly SimulatedStep[],
  failOnce: (id: string) => boolean = () => false,
): ColdStart {
  const world = new World(source, countBy(steps));
  const missing = new Map<string, number>();
  const waiting = new Map<string, SimulatedStep[]>();
  let trying: SimulatedStep[] = [];
  for (const step of steps) {
    const needs = new Set(step.needs);
    missing.set(step.id, needs.size);
    if (needs.size === 0) trying.push(step);
    for (const need of needs)
      waiting
        .set(need, waiting.get(need) ?? [])
        .get(need)
        ?.push(step);
  }

  const running = new PriorityQueue<SimulatedStep>();
  const done: string[] = [];
  const failed = new Set<string>();
  const result = { refused: 0, ticks: 0, width: 0, seconds: 0 };
  const refused = new Map<IConstruct, SimulatedStep[]>();
  for (;;) {
    for (const step of trying) {
      if (!step.construct || world.canStart(step.construct)) {
        running.push(result.seconds + step.budgetSeconds, step);
        continue;
      }
      refused.set(step.construct, [...(refused.get(step.construct) ?? []), step]);
      result.refused++;
    }
    result.width = Math.max(result.width, running.size);
    trying = [];
    if (running.size === 0) break;

    result.seconds = running.lowest;
    result.ticks++;
    while (running.lowest === result.seconds) {
      const step = running.pop() as SimulatedStep;
      if (failOnce(step.id) && !failed.has(step.id)) {
        failed.add(step.id);
        trying.push(step);
        continue;
      }
      done.push(step.id);
      for (const startable of step.construct ? world.done(step.construct) : []) trying.push(...(refused.get(startable) ?? []));
      for (const next of waiting.get(step.id) ?? []) {
        const left = (missing.get(next.id) as number) - 1;
        missing.set(next.id, left);
        if (left === 0) trying.push(next);
      }
    }
  }
  const wasDone = new Set(done);
  const stuck = steps.map(step => step.id).filter(id => !wasDone.has(id));
  return { done, stuck, down: source.nodes.filter(node => !world.isRunning(node)), ...result };
}

function countBy(steps: readonly SimulatedStep[]): Map<IConstruct, number> {
  const counts = new Map<IConstruct, number>();
  for (const { construct } of steps) if (construct) counts.set(construct, (counts.get(construct) ?? 0) + 1);
  return counts;
}
