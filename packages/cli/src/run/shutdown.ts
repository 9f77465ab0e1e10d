import type { Plan } from '@ashlar/analysis';
import { ConfigError } from '@ashlar/core';

/** What is shut down is there again when it comes up. @throws SHUTDOWN_LOSS */
export function refuseLosses(plan: Plan): void {
  const lossy = plan.steps.find(({ action, destroys }) => destroys !== undefined || ('terraform' in action && action.destroy));
  if (lossy === undefined) return;
  throw new ConfigError(lossy.id, 'SHUTDOWN_LOSS', `it destroys ${lossy.destroys ?? 'a Terraform state'}, which no shutdown may do`, {
    fix: 'declare as stop only what a start takes back',
  });
}
