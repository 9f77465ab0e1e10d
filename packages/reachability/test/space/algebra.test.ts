import fc from 'fast-check';
import type { IntervalSet } from '../../src/rule-chain';
import { type Box, common, covers, meets, without } from '../../src/space/box';
import { canonical } from '../../src/space/canonical';
import { firstMatch, minus } from '../../src/space/first-match';
import { has, includes, intersect, overlaps, sameSet, setOf, subtract, unite } from '../../src/space/interval-set';

const ADDRESSES = Array.from({ length: 16 }, (_, i) => BigInt(i));
const PORTS = Array.from({ length: 8 }, (_, i) => BigInt(i));

/** Sets of a space so small that every number of it can be asked. */
const sets = (max: number, minLength = 0) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max }), fc.integer({ min: 0, max })), { minLength, maxLength: 4 })
    .map(pairs => setOf(pairs.map(([a, b]) => ({ first: BigInt(Math.min(a, b)), last: BigInt(Math.max(a, b)) }))));
const boxes: fc.Arbitrary<Box> = fc.record({ source: sets(15, 1), destination: sets(15, 1), ports: sets(7, 1) });

const inside = (box: Box, s: bigint, d: bigint, p: bigint) => has(box.source, s) && has(box.destination, d) && has(box.ports, p);
const holds = (list: readonly Box[], s: bigint, d: bigint, p: bigint) => list.some(box => inside(box, s, d, p));

/** Every packet of the small space that `test` is true for, as text to compare. */
function packets(test: (s: bigint, d: bigint, p: bigint) => boolean): string {
  let text = '';
  for (const s of ADDRESSES) for (const d of ADDRESSES) for (const p of PORTS) text += test(s, d, p) ? '1' : '0';
  return text;
}

function isCanonicalSet(set: IntervalSet): boolean {
  return set.every((interval, i) => {
    const before = set[i - 1];
    return interval.first <= interval.last && (before === undefined || before.last + 1n < interval.first);
  });
}

test.each([
  ['unite', unite, (a: boolean, b: boolean) => a || b],
  ['intersect', intersect, (a: boolean, b: boolean) => a && b],
  ['subtract', subtract, (a: boolean, b: boolean) => a && !b],
] as const)('%s is right for every number, and its result has the one form', (_, combine, expected) => {
  fc.assert(
    fc.property(sets(15), sets(15), (a, b) => {
      const result = combine(a, b);
      expect(isCanonicalSet(result)).toBe(true);
      for (const n of ADDRESSES) expect(has(result, n)).toBe(expected(has(a, n), has(b, n)));
    }),
  );
});

test('sets are compared as sets of numbers', () => {
  fc.assert(
    fc.property(sets(15), sets(15), (a, b) => {
      const all = (test: (n: bigint) => boolean) => ADDRESSES.every(test);
      expect(overlaps(a, b)).toBe(!all(n => !(has(a, n) && has(b, n))));
      expect(includes(a, b)).toBe(all(n => has(a, n) || !has(b, n)));
      expect(sameSet(a, b)).toBe(all(n => has(a, n) === has(b, n)));
    }),
  );
});

test('what two boxes have in common, and what one has alone, is right for every packet', () => {
  fc.assert(
    fc.property(boxes, boxes, (a, b) => {
      const shared = common(a, b);
      const rest = without(a, b);
      expect(packets((s, d, p) => shared !== undefined && inside(shared, s, d, p))).toBe(
        packets((s, d, p) => inside(a, s, d, p) && inside(b, s, d, p)),
      );
      expect(packets((s, d, p) => holds(rest, s, d, p))).toBe(packets((s, d, p) => inside(a, s, d, p) && !inside(b, s, d, p)));
      expect(meets(a, b)).toBe(shared !== undefined);
      expect(covers(a, b)).toBe(without(b, a).length === 0);
    }),
    { numRuns: 60 },
  );
});

test('the first box that a packet is in decides, however many there are', () => {
  const layers = fc.array(fc.record({ box: boxes, keep: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(layers, list => {
      const kept = firstMatch(list);
      expect(packets((s, d, p) => holds(kept, s, d, p))).toBe(
        packets((s, d, p) => list.find(({ box }) => inside(box, s, d, p))?.keep ?? false),
      );
    }),
    { numRuns: 60 },
  );
});

test('a region less another one is right for every packet', () => {
  fc.assert(
    fc.property(fc.array(boxes, { maxLength: 20 }), fc.array(boxes, { maxLength: 20 }), (a, b) => {
      const rest = minus(a, b);
      expect(packets((s, d, p) => holds(rest, s, d, p))).toBe(packets((s, d, p) => holds(a, s, d, p) && !holds(b, s, d, p)));
    }),
    { numRuns: 60 },
  );
});

test('a region has one form, whatever boxes it is made of', () => {
  fc.assert(
    fc.property(fc.array(boxes, { maxLength: 8 }), boxes, (list, knife) => {
      const form = canonical(list);
      expect(packets((s, d, p) => holds(form, s, d, p))).toBe(packets((s, d, p) => holds(list, s, d, p)));
      const cut = [...list.flatMap(box => without(box, knife)), ...list.flatMap(box => common(box, knife) ?? [])].reverse();
      expect(canonical(cut)).toEqual(form);
    }),
    { numRuns: 60 },
  );
});
