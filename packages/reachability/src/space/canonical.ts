import type { Interval, IntervalSet } from '../rule-chain';
import type { Box } from './box';
import { keyOf, setOf } from './interval-set';

/**
 * The one form of a region: disjoint boxes, sorted. Destinations that the same can reach are one box's destinations, and of those,
 * sources with the same ports one box's sources. Destinations come first because they are mostly single hosts.
 */
export function canonical(boxes: readonly Box[]): Box[] {
  return grouped(
    slices(boxes, box => box.destination),
    inside => planeOf(inside),
    plane => plane.map(({ source, ports }) => `${keyOf(source)} ${keyOf(ports)}`).join(';'),
  ).flatMap(({ set, value }) => value.map(({ source, ports }) => ({ source, destination: set, ports })));
}

interface Plane {
  readonly source: IntervalSet;
  readonly ports: IntervalSet;
}

function planeOf(boxes: readonly Box[]): Plane[] {
  return grouped(
    slices(boxes, box => box.source),
    inside => setOf(inside.flatMap(box => box.ports)),
    keyOf,
  ).map(({ set, value }) => ({ source: set, ports: value }));
}

/** Parts of the number line inside which the same boxes are, from low to high; those with none are left out. */
function slices(
  boxes: readonly Box[],
  setOfBox: (box: Box) => IntervalSet,
): { readonly part: Interval; readonly inside: readonly Box[] }[] {
  const events = boxes.flatMap((box, index) =>
    setOfBox(box).flatMap(({ first, last }) => [
      { at: first, index, opens: true },
      { at: last + 1n, index, opens: false },
    ]),
  );
  events.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const open = new Map<number, number>();
  const found: { part: Interval; inside: Box[] }[] = [];
  for (const [i, { at, index, opens }] of events.entries()) {
    const count = (open.get(index) ?? 0) + (opens ? 1 : -1);
    if (count === 0) open.delete(index);
    else open.set(index, count);
    const next = events[i + 1];
    if (next !== undefined && next.at > at && open.size > 0) {
      found.push({ part: { first: at, last: next.at - 1n }, inside: [...open.keys()].sort((a, b) => a - b).map(key => boxes[key] as Box) });
    }
  }
  return found;
}

/** Slices with the same value become one set, in the order of the sets' first numbers. */
function grouped<T>(
  found: readonly { readonly part: Interval; readonly inside: readonly Box[] }[],
  evaluate: (inside: readonly Box[]) => T,
  keyOfValue: (value: T) => string,
): { readonly set: IntervalSet; readonly value: T }[] {
  const groups = new Map<string, { parts: Interval[]; value: T }>();
  let before: { inside: readonly Box[]; value: T; key: string } | undefined;
  for (const { part, inside } of found) {
    if (!before || !sameBoxes(before.inside, inside)) {
      const value = evaluate(inside);
      before = { inside, value, key: keyOfValue(value) };
    }
    const { value, key } = before;
    const group = groups.get(key);
    if (group) group.parts.push(part);
    else groups.set(key, { parts: [part], value });
  }
  return [...groups.values()].map(({ parts, value }) => ({ set: setOf(parts), value }));
}

function sameBoxes(a: readonly Box[], b: readonly Box[]): boolean {
  return a.length === b.length && a.every((box, i) => box === b[i]);
}
