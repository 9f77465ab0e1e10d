import type { IConstruct } from 'constructs';
import type { DependencyGraph } from './dependency-graph';

/**
 * What `construct` needs `other` for, which starts before it: directly, or by way of what comes up with others. Undefined when it is for
 * nothing that was declared.
 */
export function waitingReason(graph: DependencyGraph, construct: IConstruct, other: IConstruct): string | undefined {
  const reasons = new Map<IConstruct, string>();
  const open: IConstruct[] = [construct];
  for (const at of open) {
    for (const { on, for: reason } of graph.requirementsOf(at)) {
      for (const next of on) {
        if (reasons.has(next)) continue;
        const told = reasons.get(at) ?? reason;
        if (next === other) return told;
        reasons.set(next, told);
        if ((graph.lifecycleOf(next)?.start ?? []).length === 0) open.push(next);
      }
    }
  }
  return undefined;
}
