/** What waits for its turn, the lowest number first. A binary heap. */
export class PriorityQueue<T> {
  private readonly heap: { readonly rank: number; readonly item: T }[] = [];

  public get size(): number {
    return this.heap.length;
  }

  /** The lowest rank in it; infinite when it is empty. */
  public get lowest(): number {
    return this.heap[0]?.rank ?? Number.POSITIVE_INFINITY;
  }

  public push(rank: number, item: T): void {
    const { heap } = this;
    let at = heap.push({ rank, item }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.rankAt(parent) <= this.rankAt(at)) return;
      this.swap(parent, at);
      at = parent;
    }
  }

  public pop(): T | undefined {
    const { heap } = this;
    if (heap.length === 0) return undefined;
    this.swap(0, heap.length - 1);
    const { item } = heap.pop() as { item: T };
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      const lower = this.rankAt(left + 1) < this.rankAt(left) ? left + 1 : left;
      if (this.rankAt(lower) >= this.rankAt(at)) return item;
      this.swap(lower, at);
      at = lower;
    }
  }

  private rankAt(index: number): number {
    return this.heap[index]?.rank ?? Number.POSITIVE_INFINITY;
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    const kept = heap[a] as (typeof heap)[number];
    heap[a] = heap[b] as typeof kept;
    heap[b] = kept;
  }
}
