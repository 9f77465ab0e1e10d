/** Ranges that do not overlap, each with an owner; asked and extended in logarithmic time. */
export class Ranges<T> {
  private readonly sorted: { readonly from: bigint; readonly to: bigint; readonly owner: T }[] = [];

  /** The owner of a range that has a number between `from` and `to` in common with it, both included. */
  public overlapping(from: bigint, to: bigint): T | undefined {
    const next = this.sorted[this.firstEndingAt(from)];
    return next !== undefined && next.from <= to ? next.owner : undefined;
  }

  /** Owners in the order of their ranges. */
  public get owners(): readonly T[] {
    return this.sorted.map(({ owner }) => owner);
  }

  /** Adds a range that overlaps no other. */
  public add(from: bigint, to: bigint, owner: T): void {
    this.sorted.splice(this.firstEndingAt(from), 0, { from, to, owner });
  }

  /** Index of the first range that ends at `number` or later. */
  private firstEndingAt(number: bigint): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] as { to: bigint }).to < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
