import type { IntervalSet } from './rule-chain';
import type { Family } from './space/address-text';

/** A layer-2 segment: inside it no router decides. */
export interface Segment {
  readonly name: string;
  /** Path of the construct that declares it. */
  readonly path: string;
  readonly addresses: Readonly<Record<Family, IntervalSet>>;
  /** Addresses of the routers that its hosts use. */
  readonly gateways: readonly string[];
  /** Path of the zone whose segments all trust each other. @default - none */
  readonly zone?: string;
}
