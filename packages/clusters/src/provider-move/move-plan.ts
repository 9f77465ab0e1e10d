import { Duration, pathOf } from '@ashlar/core';
import type { MoveEvent } from './move-event';
import { moveSteps } from './move-steps';
import type { ProviderMove } from './provider-move';

/** A step as plans are written, and as `ashlar up` reads them. */
interface WrittenStep {
  readonly id: string;
  readonly title: string;
  readonly budgetSeconds: number;
  readonly [fact: string]: unknown;
}

/** Steps of a move, one after the other: each needs the one before. */
export function movePlan(
  site: string,
  move: ProviderMove,
  events: readonly MoveEvent[],
): { readonly steps: readonly WrittenStep[]; readonly text: string } {
  const steps: WrittenStep[] = [];
  for (const { budget, secrets, id, ...step } of events.flatMap(event => moveSteps(move, event))) {
    steps.push({
      id: `${pathOf(move)}:${id}`,
      ...step,
      budgetSeconds: budget.toSeconds(),
      needs: steps.slice(-1).map(before => before.id),
      ...(secrets && secrets.length > 0 && { secrets: secrets.map(secret => secret.describe()) }),
    });
  }
  const plan = {
    site,
    name: `move-${move.cluster.name}`,
    steps,
    criticalPath: steps.map(({ id }) => id),
    criticalSeconds: steps.reduce((sum, { budgetSeconds }) => sum + budgetSeconds, 0),
  };
  return { steps, text: `${JSON.stringify(plan, undefined, 2)}\n` };
}

/** The same for people. */
export function movePage(move: ProviderMove, { steps }: { readonly steps: readonly WrittenStep[] }): string {
  const { cluster, from, to } = move;
  const sum = Duration.seconds(steps.reduce((all, { budgetSeconds }) => all + budgetSeconds, 0));
  return [
    `# Moving ${cluster.name} from ${from.cloud.facts.vendor} to ${to.cloud.facts.vendor}`,
    '',
    `${steps.length} steps, at most ${sum}, one after the other: \`ashlar run move-${cluster.name}\`.`,
    'The order was played through before it was written: etcd keeps its majority after each step, and no disruption budget is broken.',
    '',
    '| | Step | At most |',
    '|--:|---|--:|',
    ...steps.map(({ title, budgetSeconds }, i) => `| ${i + 1} | ${title} | ${Duration.seconds(budgetSeconds)} |`),
    '',
  ].join('\n');
}
