import type { Interval, IntervalSet } from '../rule-chain';

/** Who has which part of the number line; no two have the same number. Asked in logarithmic time. */
export class IntervalIndex<T> {
  private readonly places: readonly { readonly interval: Interval; readonly owner: T }[];

  constructor(owners: Iterable<readonly [owner: T, set: IntervalSet]>) {
    const places = [...owners].flatMap(([owner, set]) => set.map(interval => ({ interval, owner })));
    this.places = places.sort((a, b) => (a.interval.first < b.interval.first ? -1 : 1));
  }

  /** Everybody who has a number of `set`, each once. */
  public within(set: IntervalSet): T[] {
    const found = new Set<T>();
    for (const { first, last } of set) {
      for (let at = this.firstEndingAt(first); at < this.places.length; at++) {
        const { interval, owner } = this.places[at] as { interval: Interval; owner: T };
        if (interval.first > last) break;
        found.add(owner);
      }
    }
    return [...found];
  }

  private firstEndingAt(number: bigint): number {
    let low = 0;
    let high = this.places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.places[middle] as { interval: Interval }).interval.last < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
