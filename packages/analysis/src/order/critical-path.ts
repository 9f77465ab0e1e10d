import type { PlannedStep } from './plan';

export interface CriticalPath {
  /** Steps by id, the first to be done first. */
  readonly steps: readonly string[];
  readonly seconds: number;
}

/** The chain of steps that takes longest when everything else is done beside it. @param steps each after what it needs */
export function criticalPath(steps: readonly PlannedStep[]): CriticalPath {
  const done = new Map<string, number>();
  const cameBy = new Map<string, string>();
  let last: PlannedStep | undefined;
  for (const step of steps) {
    let start = 0;
    for (const need of step.needs) {
      const ready = done.get(need) ?? 0;
      if (cameBy.has(step.id) && ready <= start) continue;
      start = ready;
      cameBy.set(step.id, need);
    }
    done.set(step.id, start + step.budgetSeconds);
    if (!last || (done.get(step.id) as number) > (done.get(last.id) as number)) last = step;
  }
  const path: string[] = [];
  for (let id = last?.id; id !== undefined; id = cameBy.get(id)) path.push(id);
  return { steps: path.reverse(), seconds: last ? (done.get(last.id) as number) : 0 };
}
