import * as fc from 'fast-check';
import { type DependencyCircle, dependencyWaves } from '../src';

const waves = (needs: Record<string, string[]>) => Object.fromEntries(dependencyWaves(Object.keys(needs), node => needs[node] as string[]));

function circle<T>(action: () => unknown): readonly T[] | undefined {
  try {
    action();
  } catch (error) {
    expect((error as Error).message).toBe('circular dependency');
    return (error as DependencyCircle<T>).members;
  }
  return undefined;
}

test('a node is one wave after the latest of what it needs', () => {
  expect(waves({ web: ['db', 'cache'], db: ['operator'], operator: [], cache: [], other: [] })).toEqual({
    operator: 0,
    cache: 0,
    other: 0,
    db: 1,
    web: 2,
  });
});

test('what is needed twice is needed once, and what is not among the nodes is not waited for', () => {
  expect(waves({ web: ['db', 'db', 'elsewhere'], db: [] })).toEqual({ db: 0, web: 1 });
});

test('a node of no weight groups others without a wave of its own', () => {
  const needs: Record<string, string[]> = { web: ['group'], group: ['a', 'b'], a: [], b: ['a'] };
  const result = dependencyWaves(
    Object.keys(needs),
    node => needs[node] as string[],
    node => (node === 'group' ? 0 : 1),
  );
  expect(Object.fromEntries(result)).toEqual({ a: 0, b: 1, group: 2, web: 2 });
});

test('a circle is told in order, without what only leads to it or hangs on it', () => {
  const needs: Record<string, string[]> = { entry: ['a'], a: ['b'], b: ['c'], c: ['a', 'leaf'], leaf: [], after: ['c'] };
  expect(circle<string>(() => dependencyWaves(Object.keys(needs), node => needs[node] as string[]))).toEqual(['a', 'b', 'c']);
  expect(circle<string>(() => dependencyWaves(['x'], () => ['x']))).toEqual(['x']);
});

test('in a chain of 100,000 each is asked once what it needs, and there is no recursion', () => {
  const n = 100_000;
  const nodes = Array.from({ length: n }, (_, i) => i);
  let asked = 0;
  const result = dependencyWaves(nodes, node => {
    asked++;
    return node === 0 ? [] : [node - 1];
  });
  expect([result.get(n - 1), asked]).toEqual([n - 1, n]);
  expect(circle(() => dependencyWaves(nodes, node => [(node + 1) % n]))).toHaveLength(n);
});

test('layers of groups are edges between groups, never between all members', () => {
  // 200 layers of 100: a start and an end for each layer, so 200 × 100 × 2 edges where a product would have 2 million.
  const nodes: string[] = [];
  const needs = new Map<string, string[]>();
  for (let layer = 0; layer < 200; layer++) {
    const members = Array.from({ length: 100 }, (_, i) => `${layer}/${i}`);
    for (const member of members) needs.set(member, [`start ${layer}`]);
    needs.set(`start ${layer}`, layer === 0 ? [] : [`end ${layer - 1}`]);
    needs.set(`end ${layer}`, members);
    nodes.push(...members, `start ${layer}`, `end ${layer}`);
  }
  const result = dependencyWaves(
    nodes,
    node => needs.get(node) as string[],
    node => (node.includes('/') ? 1 : 0),
  );
  expect([result.get('0/0'), result.get('199/99')]).toEqual([0, 199]);
});

/** By definition, without regard to time. */
function naive(count: number, edges: readonly (readonly [number, number])[]): Map<number, number> {
  const wave = (node: number): number => Math.max(0, ...edges.filter(([from]) => from === node).map(([, to]) => wave(to) + 1));
  return new Map(Array.from({ length: count }, (_, node) => [node, wave(node)]));
}

test('agrees with the definition on any graph without circles, in any order of nodes', () => {
  const graph = fc.integer({ min: 2, max: 9 }).chain(count =>
    fc.record({
      order: fc.shuffledSubarray(
        Array.from({ length: count }, (_, i) => i),
        { minLength: count },
      ),
      edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)).filter(([from, to]) => to < from)),
    }),
  );
  fc.assert(
    fc.property(graph, ({ order, edges }) => {
      const result = dependencyWaves(order, node => edges.filter(([from]) => from === node).map(([, to]) => to));
      expect(result).toEqual(naive(order.length, edges));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('on any graph it gives waves that keep every dependency, or a circle that is one', () => {
  const graph = fc
    .integer({ min: 2, max: 9 })
    .chain(count => fc.record({ count: fc.constant(count), edges: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1))) }));
  fc.assert(
    fc.property(graph, ({ count, edges }) => {
      const needs = (node: number) => edges.filter(([from]) => from === node).map(([, to]) => to);
      let result = new Map<number, number>();
      const members = circle<number>(() => {
        result = dependencyWaves(
          Array.from({ length: count }, (_, i) => i),
          needs,
        );
      });
      if (members) {
        for (const [i, node] of members.entries()) expect(needs(node)).toContain(members[(i + 1) % members.length]);
      } else {
        for (const [from, to] of edges) expect(result.get(from)).toBeGreaterThan(result.get(to) as number);
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});
