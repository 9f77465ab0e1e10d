import type { IntervalSet } from '../rule-chain';
import { includes, intersect, overlaps, subtract } from './interval-set';

/** Packets of one family and protocol: every source with every destination with every port. */
export interface Box {
  readonly source: IntervalSet;
  readonly destination: IntervalSet;
  /** Destination ports; types of icmp; numbers of other protocols. */
  readonly ports: IntervalSet;
}

/** The part of `box` that is also in `other`, or undefined. What else `box` says of its packets stays said. */
export function common<T extends Box>(box: T, other: Box): T | undefined {
  const source = intersect(box.source, other.source);
  if (source.length === 0) return undefined;
  const destination = intersect(box.destination, other.destination);
  if (destination.length === 0) return undefined;
  const ports = intersect(box.ports, other.ports);
  if (ports.length === 0) return undefined;
  if (source === box.source && destination === box.destination && ports === box.ports) return box;
  return { ...box, source, destination, ports };
}

/** The part of `box` that is not in `other`, as disjoint boxes. */
export function without<T extends Box>(box: T, other: Box): T[] {
  if (!meets(box, other)) return [box];
  const source = intersect(box.source, other.source);
  const destination = intersect(box.destination, other.destination);
  return [
    { ...box, source: subtract(box.source, other.source) },
    { ...box, source, destination: subtract(box.destination, other.destination) },
    { ...box, source, destination, ports: subtract(box.ports, other.ports) },
  ].filter(part => part.source.length > 0 && part.destination.length > 0 && part.ports.length > 0);
}

export function meets(a: Box, b: Box): boolean {
  return overlaps(a.source, b.source) && overlaps(a.destination, b.destination) && overlaps(a.ports, b.ports);
}

/** Whether all of `inner` is in `outer`. */
export function covers(outer: Box, inner: Box): boolean {
  return includes(outer.source, inner.source) && includes(outer.destination, inner.destination) && includes(outer.ports, inner.ports);
}
