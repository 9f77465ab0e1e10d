import type { AddressChip } from './topology';

/** A segment as a line that hosts hang on. */
export interface Lane {
  readonly name: string;
  readonly tag: number;
  /** Position of the segment among all, from which the colour follows. */
  readonly network: number;
  readonly prefixes: readonly string[];
  /** Address of the router on it. */
  readonly router?: string;
  readonly hosts: readonly AddressChip[];
}

/** A device that forwards packets between segments. */
export interface RouterItem {
  readonly name: string;
  readonly device: string;
  readonly uplink: string;
  /** The segment that it goes out by. */
  readonly outside?: Lane;
  readonly lanes: readonly Lane[];
  readonly tunnels: readonly { readonly name: string; readonly prefixes: readonly string[] }[];
}

/** What the picture of layers 2 and 3 shows. */
export interface NetworkPlan {
  readonly title: string;
  readonly domain: string;
  readonly routers: readonly RouterItem[];
  /** Segments that nothing routes. */
  readonly apart: readonly Lane[];
}
