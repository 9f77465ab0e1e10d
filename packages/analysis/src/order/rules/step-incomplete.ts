import { Duration, findingAt, type Rule, type Step } from '@ashlar/core';
import { declaredSteps } from '../declared-steps';
import { SitePlans } from '../site-plans';

/** What every step has, with an example. The compiler asks for it too, where one is used. */
const PARTS: readonly (readonly [part: keyof Step, says: string, example: string])[] = [
  ['action', 'what is done', "action: { run: [['kubectl', '--context', 'lab', 'apply', '-f', 'kubernetes/lab/web']] }"],
  ['check', 'how one knows that it is done', "check: { command: ['ping', '-c', '1', '-W', '2', '192.0.2.11'] }"],
  ['undo', 'how it is taken back', "undo: { nothing: 'it only reads' }"],
  ['budget', 'how long it may take', 'budget: Duration.minutes(5)'],
];

/** A step without a check is done when nobody looks. */
export const STEP_INCOMPLETE: Rule = {
  code: 'STEP_INCOMPLETE',
  severity: 'error',
  incident:
    'A step had a command and no check. The command ended with 0 though the volume was full, and the next nine steps were built on it.',
  *check(site) {
    for (const { construct, step } of declaredSteps(SitePlans.of(site))) {
      for (const [part, says, example] of PARTS) {
        const value: unknown = step[part];
        if (part === 'budget' ? Duration.is(value) : typeof value === 'object' && value !== null) continue;
        yield findingAt(construct, STEP_INCOMPLETE, `the step ${step.id} does not say ${says}`, `write ${example}`);
      }
    }
  },
};
