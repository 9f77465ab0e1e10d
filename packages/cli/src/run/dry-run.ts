import type { Plan } from '@ashlar/analysis';
import { actionText, checkText } from './command-text';
import { durationText } from './duration-text';

/** What a run would do, step by step in an order in which it could be done, for people. */
export function dryRun({ site, name, steps, criticalPath, criticalSeconds }: Plan): string {
  const numbers = new Map(steps.map(({ id }, i) => [id, i + 1]));
  const critical = new Set(criticalPath);
  const sum = steps.reduce((seconds, { budgetSeconds }) => seconds + budgetSeconds, 0);
  const blocks = steps.map((step, i) => {
    const rows = [
      ...(step.needs.length > 0
        ? [
            [
              'after',
              step.needs
                .map(need => numbers.get(need))
                .sort((a, b) => Number(a) - Number(b))
                .join(', '),
            ],
          ]
        : []),
      ...actionText(step.action).map(text => ['does', text]),
      ['check', checkText(step.check)],
      ...actionText(step.undo).map(text => ['undo', text]),
      ...(step.destroys ? [['destroys', step.destroys]] : []),
      ...(step.secrets ?? []).map(secret => ['secret', secret]),
    ];
    const mark = critical.has(step.id) ? ', on the critical path' : '';
    const head = `${i + 1}. ${step.id}  ${step.title} (budget ${durationText(step.budgetSeconds)}${mark})`;
    return [head, ...rows.map(([what, text]) => `     ${what?.padEnd(9)}${text}`)].join('\n');
  });
  const path = criticalPath.map(id => numbers.get(id)).join(' → ');
  const total = `at most ${durationText(criticalSeconds)} along the critical path ${path}, ${durationText(sum)} one after the other`;
  return [`${name} of ${site}: ${steps.length} steps, ${total}`, ...blocks].join('\n');
}
