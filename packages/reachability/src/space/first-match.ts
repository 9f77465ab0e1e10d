import type { Interval } from '../rule-chain';
import { type Box, common, covers, without } from './box';

/** One of an ordered list of boxes. The first one that a packet is in decides whether the packet is kept. */
export interface Layer<T extends Box> {
  readonly box: T;
  readonly keep: boolean;
}

/** Up to this many layers are worked out one against the other. */
const FEW = 12;

const DIMENSIONS = ['source', 'destination', 'ports'] as const;

/**
 * What an ordered list of boxes keeps. Boxes of the result may overlap where both keep.
 *
 * Space is halved until few layers are left in a part of it. Rules are mostly narrow in some dimension, so that the work grows with
 * n log n, where one against all others would grow with the square.
 */
export function firstMatch<T extends Box>(layers: readonly Layer<T>[]): T[] {
  const relevant = pruned(layers);
  if (!relevant.some(layer => !layer.keep)) return relevant.map(layer => layer.box);
  if (relevant.length <= FEW) return oneByOne(relevant);
  const halves = halve(relevant);
  return halves ? halves.flatMap(half => firstMatch(half)) : oneByOne(relevant);
}

/** What is in `boxes` and in none of `others`. */
export function minus<T extends Box>(boxes: readonly T[], others: readonly Box[]): T[] {
  if (boxes.length === 0 || others.length === 0) return [...boxes];
  const keys = new Map<string, Box[]>();
  for (const other of others) {
    const key = cornerOf(other);
    keys.set(key, [...(keys.get(key) ?? []), other]);
  }
  // A rule that says exactly what a flow says is by far the most frequent case, and costs one look-up.
  const open = boxes.filter(box => !keys.get(cornerOf(box))?.some(other => covers(other, box)));
  if (open.length === 0) return [];
  return firstMatch<Box>([...others.map(box => ({ box, keep: false })), ...open.map(box => ({ box, keep: true }))]) as T[];
}

function cornerOf({ source, destination, ports }: Box): string {
  return [source, destination, ports].map(set => set[0]?.first).join();
}

/** Nothing follows a layer that covers all the others, and a layer that keeps nothing is idle at the end. */
function pruned<T extends Box>(layers: readonly Layer<T>[]): readonly Layer<T>[] {
  let end = layers.length;
  while (end > 0 && !layers[end - 1]?.keep) end--;
  return end === layers.length ? layers : layers.slice(0, end);
}

function oneByOne<T extends Box>(layers: readonly Layer<T>[]): T[] {
  const kept: T[] = [];
  const dropped: T[] = [];
  for (const { box, keep } of layers) {
    if (!keep) {
      dropped.push(box);
      continue;
    }
    let parts: T[] = [box];
    for (const hole of dropped) {
      if (parts.length === 0) break;
      parts = parts.flatMap(part => without(part, hole));
    }
    kept.push(...parts);
  }
  return kept;
}

/** Both halves of the space, each with what of the layers is in it; undefined when no cut makes both halves simpler. */
function halve<T extends Box>(layers: readonly Layer<T>[]): [Layer<T>[], Layer<T>[]] | undefined {
  let best: { halves: [Layer<T>[], Layer<T>[]]; cost: number } | undefined;
  for (const dimension of DIMENSIONS) {
    const cut = medianOf(layers, dimension);
    if (cut === undefined) continue;
    const low: Layer<T>[] = [];
    const high: Layer<T>[] = [];
    for (const layer of layers) {
      const below = clipped(layer, dimension, 0n, cut - 1n);
      const above = clipped(layer, dimension, cut, EVER);
      if (below) low.push(below);
      if (above) high.push(above);
    }
    const cost = Math.max(low.length, high.length) + (low.length + high.length) / 4;
    if (Math.max(low.length, high.length) < layers.length && (!best || cost < best.cost)) best = { halves: [low, high], cost };
    if (best && low.length + high.length <= layers.length * 1.2 && best.cost === cost && isEven(low.length, high.length)) break;
  }
  return best?.halves;
}

const EVER = 1n << 129n;

function isEven(a: number, b: number): boolean {
  return Math.max(a, b) <= 2 * Math.min(a, b);
}

function clipped<T extends Box>(
  layer: Layer<T>,
  dimension: (typeof DIMENSIONS)[number],
  first: bigint,
  last: bigint,
): Layer<T> | undefined {
  const set = layer.box[dimension];
  if ((set[0] as Interval).first >= first && (set[set.length - 1] as Interval).last <= last) return layer;
  const side = [{ first, last }];
  const all = [{ first: 0n, last: EVER }];
  const half = { source: all, destination: all, ports: all, [dimension]: side };
  const box = common(layer.box, half);
  return box && { box, keep: layer.keep };
}

/** A boundary in the middle of all boundaries; undefined when every layer extends over the same range. */
function medianOf<T extends Box>(layers: readonly Layer<T>[], dimension: (typeof DIMENSIONS)[number]): bigint | undefined {
  const step = Math.max(1, Math.floor(layers.length / 64));
  const bounds: bigint[] = [];
  let lowest = EVER;
  for (let i = 0; i < layers.length; i += step) {
    const set = (layers[i] as Layer<T>).box[dimension];
    const first = (set[0] as Interval).first;
    const last = (set[set.length - 1] as Interval).last;
    bounds.push(first, last + 1n);
    if (first < lowest) lowest = first;
  }
  const inner = [...new Set(bounds)].filter(bound => bound > lowest).sort((a, b) => (a < b ? -1 : 1));
  return inner.length > 1 ? inner[(inner.length - 1) >> 1] : undefined;
}
