import { type Action, type Command, findingAt, type Rule, type Step } from '@ashlar/core';
import { commandFault } from '../allowed-command';
import { commandLine } from '../command-line';
import { declaredSteps } from '../declared-steps';
import { SitePlans } from '../site-plans';

/** What is not in Git is gone when a machine is replaced, and in the way when Git is applied again. */
export const STEP_OUTSIDE_GIT: Rule = {
  code: 'STEP_OUTSIDE_GIT',
  severity: 'error',
  incident:
    'A step of a runbook scaled an operator by hand. When the cluster was made anew from Git, the operator was there once, and nobody knew why it had been twice.',
  *check(site) {
    for (const { construct, step } of declaredSteps(SitePlans.of(site))) {
      for (const { command, use } of commandsOf(step)) {
        const fault = commandFault(command, use);
        if (!fault) continue;
        yield findingAt(construct, STEP_OUTSIDE_GIT, `the step ${step.id} runs ${commandLine(command)}: ${fault.problem}`, fault.fix);
      }
    }
  },
};

function commandsOf({ action, check, undo }: Step): { readonly command: Command; readonly use: 'action' | 'check' }[] {
  const run = (part: Action | object | undefined) => (part && 'run' in part ? part.run : []) as readonly Command[];
  return [
    ...[...run(action), ...run(undo)].map(command => ({ command, use: 'action' as const })),
    ...(check && 'command' in check ? [{ command: check.command, use: 'check' as const }] : []),
  ];
}
