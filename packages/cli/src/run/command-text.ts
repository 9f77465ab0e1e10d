import { commandLine } from '@ashlar/analysis';
import type { Action, StepCheck, Undo } from '@ashlar/core';

/** What is done in a step, or to take it back, as lines for people. */
export function actionText(action: Action | Undo): readonly string[] {
  if ('run' in action) return action.run.map(commandLine);
  if ('terraform' in action) return [`${action.destroy ? 'destroy' : 'plan, show and apply'} terraform/${action.terraform}`];
  if ('byHand' in action) return [`by hand: ${action.byHand}`];
  return ['waits' in action ? `wait: ${action.waits}` : `nothing: ${action.nothing}`];
}

export function checkText(check: StepCheck): string {
  return 'command' in check ? commandLine(check.command) : `ask: ${check.ask}`;
}
