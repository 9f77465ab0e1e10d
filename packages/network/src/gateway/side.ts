import type { Vlan } from '../segments/vlan';

/** What a gateway tells apart: a segment, a tunnel, the way to the Internet, and itself. */
export interface Side {
  /** Unique at the gateway, and stable: the name of the segment or of the tunnel. */
  readonly name: string;
  readonly kind: 'segment' | 'tunnel' | 'uplink' | 'local';
  readonly vlan?: Vlan;
  /** What lies behind it; behind the uplink, that is the segment through which it leads, and the Internet besides. */
  readonly prefixes: readonly string[];
}

/** Addresses of one family under one name. */
export interface AddressGroup {
  readonly name: string;
  /** Sorted, each once. */
  readonly prefixes: readonly string[];
}

/** One end of a flow as a gateway sees it. */
export interface End {
  readonly side: Side;
  readonly family: 4 | 6;
  /** Undefined: all that is there. */
  readonly group?: AddressGroup;
}
