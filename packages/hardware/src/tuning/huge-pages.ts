import { Check, ConfigError, Size } from '@ashlar/core';

/** Memory that is taken at boot for pages of one size, and is there for nothing else. */
export interface HugePages {
  /** `1G` needs a processor with `pdpe1gb` in `/proc/cpuinfo`. */
  readonly pageSize: '2M' | '1G';
  /** A whole number of pages. */
  readonly memory: Size;
  /** Number of the NUMA node that gives it (0–63). @default - spread evenly over all nodes */
  readonly numaNode?: number;
}

export const PAGE_SIZES: Readonly<Record<HugePages['pageSize'], Size>> = { '1G': Size.gibibytes(1), '2M': Size.mebibytes(2) };

/** Name and number of pages. @throws TUNING_HUGE_PAGES_SIZE and the errors of {@link Check} */
export function hugePagesText(at: string, pages: HugePages): readonly [name: string, value: string] {
  const check = new Check(at);
  check.known(pages, ['pageSize', 'memory', 'numaNode']);
  const pageSize = check.choice('hugePages.pageSize', pages.pageSize, ['2M', '1G']);
  const memory = check.instance('hugePages.memory', pages.memory, Size, 'Size.gibibytes(8)').toBytes();
  if (pages.numaNode !== undefined) check.integer('hugePages.numaNode', pages.numaNode, 0, 63);
  const count = memory / PAGE_SIZES[pageSize].toBytes();
  if (!Number.isInteger(count) || count === 0) {
    throw new ConfigError(at, 'TUNING_HUGE_PAGES_SIZE', `${pages.memory} is no whole number of pages of ${PAGE_SIZES[pageSize]}`, {
      fix: `choose a multiple of ${PAGE_SIZES[pageSize]}`,
    });
  }
  return [pages.numaNode === undefined ? pageSize : `${pageSize} node ${pages.numaNode}`, String(count)];
}

/** Page size, node and number of pages of a setting. */
export function hugePagesOf({ name, value }: { readonly name: string; readonly value: string }) {
  const [pageSize, , node] = name.split(' ') as [HugePages['pageSize'], string?, string?];
  const count = Number(value);
  return { pageSize, node, count, memory: Size.bytes(count * PAGE_SIZES[pageSize].toBytes()) };
}
