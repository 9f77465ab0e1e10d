import { type Action, type ILifecycle, needOf, pathOf, type Step, type StepCheck } from '@ashlar/core';

/** What a construct needs, as a message names it. */
export const needs = ({ lifecycle }: ILifecycle) => lifecycle.startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`);

/** Steps as a runbook has them, a line each: id, what is done, how one knows. */
export function told(steps: readonly Step[] | undefined): string {
  return (steps ?? []).map(({ id, action, check }) => `${id}\n  ${done(action)}\n  ${known(check)}\n`).join('');
}

export const ids = (steps: readonly Step[] | undefined) => (steps ?? []).map(step => step.id);

function done(action: Action): string {
  if ('run' in action) return action.run.map(command => command.join(' ')).join('\n  ');
  if ('terraform' in action) return `terraform ${action.terraform}`;
  return 'byHand' in action ? `by hand: ${action.byHand}` : `waits: ${action.waits}`;
}

function known(check: StepCheck): string {
  return 'ask' in check ? `? ${check.ask}` : `? ${check.command.join(' ')}`;
}
