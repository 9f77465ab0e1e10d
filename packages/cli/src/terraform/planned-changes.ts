/** What a plan does to one resource. */
export type Action = 'create' | 'update' | 'replace' | 'destroy';

/** One resource that does not stay as it is. */
export interface PlannedChange {
  readonly address: string;
  readonly action: Action;
}

const SIGNS: Readonly<Record<Action, string>> = { create: '+', update: '~', replace: '-/+', destroy: '-' };

/** The changes in the output of `terraform show -json`, destroys first. Reading a data source is no change. */
export function plannedChanges(json: string): readonly PlannedChange[] {
  const plan = JSON.parse(json) as { resource_changes?: readonly { address: string; change: { actions: readonly string[] } }[] };
  const order: readonly Action[] = ['destroy', 'replace', 'update', 'create'];
  return (plan.resource_changes ?? [])
    .flatMap(({ address, change }) => {
      const action = actionOf(change.actions);
      return action ? [{ address, action }] : [];
    })
    .sort((a, b) => order.indexOf(a.action) - order.indexOf(b.action) || (a.address < b.address ? -1 : 1));
}

/** Those that lose what a resource holds. */
export function losses(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.filter(({ action }) => action === 'destroy' || action === 'replace');
}

/** For people: `dev-alice: 2 to create`, and a line for each. */
export function planText(workspace: string, changes: readonly PlannedChange[]): string {
  if (changes.length === 0) return `${workspace}: nothing to change`;
  const counts = (['destroy', 'replace', 'update', 'create'] as const)
    .map(action => ({ action, count: changes.filter(change => change.action === action).length }))
    .filter(({ count }) => count > 0)
    .map(({ action, count }) => `${count} to ${action}`);
  const lines = changes.map(({ action, address }) => `  ${SIGNS[action].padStart(3)} ${address}`);
  return [`${workspace}: ${counts.join(', ')}`, ...lines].join('\n');
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'destroy';
  if (actions.includes('create')) return 'create';
  return actions.includes('update') ? 'update' : undefined;
}
