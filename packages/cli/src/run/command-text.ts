import type { Action, StepCheck, Undo } from '@ashlar/core';

/** A command as one would type it. */
export function commandText(command: readonly string[]): string {
  return command.map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}

/** What is done in a step, or to take it back, as lines for people. */
export function actionText(action: Action | Undo): readonly string[] {
  if ('run' in action) return action.run.map(commandText);
  if ('terraform' in action) return [`${action.destroy ? 'destroy' : 'plan, show and apply'} terraform/${action.terraform}`];
  if ('byHand' in action) return [`by hand: ${action.byHand}`];
  return ['waits' in action ? `wait: ${action.waits}` : `nothing: ${action.nothing}`];
}

export function checkText(check: StepCheck): string {
  return 'command' in check ? commandText(check.command) : `ask: ${check.ask}`;
}
