import type { PlannedStep } from '@ashlar/analysis';

/**
 * The steps in an order in which they could be done one by one: that of the file, where it is one, so that lines and logs have the
 * numbers of the runbook.
 * @param circular makes the error of steps that wait for each other, from their ids, the first repeated at the end
 */
export function stepsInOrder(steps: readonly PlannedStep[], circular: (ids: readonly string[]) => Error): readonly PlannedStep[] {
  if (isOrdered(steps)) return steps;
  const open = new Map(steps.map(step => [step.id, new Set(step.needs)]));
  const followers = new Map(steps.map(step => [step.id, [] as PlannedStep[]]));
  for (const step of steps) for (const need of new Set(step.needs)) followers.get(need)?.push(step);
  const ordered = steps.filter(step => step.needs.length === 0);
  for (const { id } of ordered) {
    open.delete(id);
    for (const follower of followers.get(id) ?? []) {
      const needs = open.get(follower.id);
      if (needs?.delete(id) && needs.size === 0) ordered.push(follower);
    }
  }
  if (open.size > 0) throw circular(circleIn(open));
  return ordered;
}

function isOrdered(steps: readonly PlannedStep[]): boolean {
  const done = new Set<string>();
  return steps.every(({ id, needs }) => needs.every(need => done.has(need)) && done.add(id));
}

/** One way round. Each of the steps that are left waits for another of them. */
function circleIn(open: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const way = new Set<string>();
  let at = open.keys().next().value as string;
  while (!way.has(at)) {
    way.add(at);
    at = [...(open.get(at) as ReadonlySet<string>)].find(need => open.has(need)) as string;
  }
  const ids = [...way];
  return [...ids.slice(ids.indexOf(at)), at];
}
