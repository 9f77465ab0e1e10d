import type { IConstruct } from 'constructs';
import type { IVlan } from './addressing';

/** A range of addresses of a segment that is set aside. */
export interface IAddressPool extends IConstruct {
  /** Who gives its addresses out, e.g. `dhcp`. */
  readonly use: string;
  /** First and last address, one entry a family. */
  readonly ranges: readonly { readonly family: 4 | 6; readonly first: string; readonly last: string }[];
}

/** A segment that also knows what of it is spoken for besides the addresses of hosts. */
export interface IPlannedVlan extends IVlan {
  /** Addresses of the router, IPv4 before IPv6. */
  readonly gateways: readonly string[];
  readonly pools: readonly IAddressPool[];
  /** Whether it is somebody else's, such as the network of a home: another environment may be part of it too. @default false */
  readonly outside?: boolean;
}

export function isPlannedVlan(vlan: IVlan): vlan is IPlannedVlan {
  return 'gateways' in vlan && 'pools' in vlan;
}
