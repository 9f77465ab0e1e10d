/** A circle in a dependency graph, in order; the last needs the first. */
export class DependencyCircle<T> extends Error {
  constructor(public readonly members: readonly T[]) {
    super('circular dependency');
  }
}

/**
 * The wave of each node: 0 for one that needs nothing, else one more than the latest of what it needs.
 *
 * Linear in nodes and edges, and iterative, so that a chain of any length is fine.
 * @param weight how many waves a node takes; 0 for one that only groups others @default 1 for each
 * @throws DependencyCircle
 */
export function dependencyWaves<T>(
  nodes: Iterable<T>,
  needs: (node: T) => Iterable<T>,
  weight: (node: T) => number = () => 1,
): Map<T, number> {
  const missing = new Map<T, number>();
  const waves = new Map<T, number>();
  for (const node of nodes) {
    missing.set(node, 0);
    waves.set(node, 0);
  }
  const dependants = new Map<T, T[]>();
  const required = new Map<T, T[]>();
  for (const node of missing.keys()) {
    const list = [...new Set(needs(node))].filter(other => missing.has(other));
    required.set(node, list);
    missing.set(node, list.length);
    for (const other of list) {
      const waiting = dependants.get(other);
      if (waiting) waiting.push(node);
      else dependants.set(other, [node]);
    }
  }

  const ready = [...missing].filter(([, count]) => count === 0).map(([node]) => node);
  for (const node of ready) {
    const after = (waves.get(node) as number) + weight(node);
    for (const dependant of dependants.get(node) ?? []) {
      waves.set(dependant, Math.max(waves.get(dependant) as number, after));
      const left = (missing.get(dependant) as number) - 1;
      missing.set(dependant, left);
      if (left === 0) ready.push(dependant);
    }
  }
  if (ready.length < missing.size) throw new DependencyCircle(findCircle(required, new Set(ready)));
  return waves;
}

/** Follows unmet needs until a node comes back; every node outside `done` has one. */
function findCircle<T>(required: ReadonlyMap<T, readonly T[]>, done: ReadonlySet<T>): T[] {
  const start = [...required.keys()].find(node => !done.has(node)) as T;
  const path: T[] = [];
  const position = new Map<T, number>();
  for (let at = start; ; at = required.get(at)?.find(node => !done.has(node)) as T) {
    const seen = position.get(at);
    if (seen !== undefined) return path.slice(seen);
    position.set(at, path.length);
    path.push(at);
  }
}
