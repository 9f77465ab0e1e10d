import type { Interval, IntervalSet } from '../rule-chain';

export const NOTHING: IntervalSet = [];

/** The set of any intervals, in any order, overlapping or not. */
export function setOf(intervals: Iterable<Interval>): IntervalSet {
  const sorted = [...intervals].filter(i => i.first <= i.last).sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const before = merged[merged.length - 1];
    if (before === undefined || interval.first > before.last + 1n) merged.push(interval);
    else if (interval.last > before.last) merged[merged.length - 1] = { first: before.first, last: interval.last };
  }
  return merged;
}

export function single(number: bigint): IntervalSet {
  return [{ first: number, last: number }];
}

export function unite(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a.length === 0) return b;
  return b.length === 0 ? a : setOf([...a, ...b]);
}

export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a === b) return a;
  if (a.length > b.length) return intersect(b, a);
  const common: Interval[] = [];
  // The shorter one is walked, its place in the longer one is looked up: an address against a long list costs a logarithm.
  for (const { first, last } of a) {
    for (let at = firstEndingAt(b, first); at < b.length && (b[at] as Interval).first <= last; at++) {
      const other = b[at] as Interval;
      const from = later(other.first, first);
      const to = earlier(other.last, last);
      common.push(from === other.first && to === other.last ? other : { first: from, last: to });
    }
  }
  return common.length === a.length && sameSet(common, a) ? a : common;
}

export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  if (a === b) return NOTHING;
  if (a.length === 0 || b.length === 0) return a;
  const rest: Interval[] = [];
  for (const { first, last } of a) {
    let from = first;
    for (let at = firstEndingAt(b, first); at < b.length && from <= last; at++) {
      const hole = b[at] as Interval;
      if (hole.first > last) break;
      if (hole.first > from) rest.push({ first: from, last: hole.first - 1n });
      from = hole.last + 1n;
    }
    if (from <= last) rest.push({ first: from, last });
  }
  return rest;
}

export function overlaps(a: IntervalSet, b: IntervalSet): boolean {
  if (a.length > b.length) return overlaps(b, a);
  return a.some(({ first, last }) => {
    const other = b[firstEndingAt(b, first)];
    return other !== undefined && other.first <= last;
  });
}

export function has(set: IntervalSet, number: bigint): boolean {
  const interval = set[firstEndingAt(set, number)];
  return interval !== undefined && interval.first <= number;
}

/** Whether all of `inner` is in `outer`. */
export function includes(outer: IntervalSet, inner: IntervalSet): boolean {
  return inner.every(({ first, last }) => {
    const around = outer[firstEndingAt(outer, first)];
    return around !== undefined && around.first <= first && last <= around.last;
  });
}

export function sameSet(a: IntervalSet, b: IntervalSet): boolean {
  return a === b || (a.length === b.length && a.every((i, at) => i.first === b[at]?.first && i.last === b[at]?.last));
}

/** Text that two sets have in common when they are the same. */
export function keyOf(set: IntervalSet): string {
  return set.map(({ first, last }) => `${first}-${last}`).join();
}

/** Index of the first interval that ends at `number` or later. */
function firstEndingAt(set: IntervalSet, number: bigint): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((set[middle] as Interval).last < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

function later(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function earlier(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
