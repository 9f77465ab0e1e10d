/**
 * Groups of nodes that all lead to each other, after Tarjan; a group comes after those that it leads to. A node that leads to none of
 * its followers back is a group of one.
 *
 * Linear in nodes and edges, and iterative, so that a chain of any length is fine.
 * @see https://doi.org/10.1137/0201010
 */
export function strongComponents<T>(nodes: Iterable<T>, followers: (node: T) => readonly T[]): T[][] {
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const open: T[] = [];
  const isOpen = new Set<T>();
  const components: T[][] = [];

  for (const root of nodes) {
    if (index.has(root)) continue;
    const calls: { readonly node: T; readonly next: Iterator<T> }[] = [];
    const enter = (node: T) => {
      index.set(node, index.size);
      low.set(node, index.get(node) as number);
      open.push(node);
      isOpen.add(node);
      calls.push({ node, next: followers(node)[Symbol.iterator]() });
    };
    const lower = (node: T, value: number) => low.set(node, Math.min(low.get(node) as number, value));

    enter(root);
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { node } = call;
      const step = call.next.next();
      if (!step.done) {
        if (!index.has(step.value)) enter(step.value);
        else if (isOpen.has(step.value)) lower(node, index.get(step.value) as number);
        continue;
      }
      calls.pop();
      const caller = calls.at(-1);
      if (caller) lower(caller.node, low.get(node) as number);
      if (low.get(node) === index.get(node)) {
        const component = open.splice(open.lastIndexOf(node));
        for (const member of component) isOpen.delete(member);
        components.push(component);
      }
    }
  }
  return components;
}
