import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { PfSense } from './pfsense';

/** The router of the uplink, for one family. */
export interface UpstreamGateway {
  readonly name: string;
  readonly family: 4 | 6;
  readonly address: string;
}

/** None where the provider gives an address: pfSense makes its gateway itself. */
export function upstreamGateways({ wan }: PfSense): UpstreamGateway[] {
  if (DynamicUplink.is(wan)) return [];
  const { vlan } = wan;
  return vlan.subnets.map(({ family }, i) => ({
    name: `WAN_GW${family}`,
    family,
    address: vlan.gateways[i] as string,
  }));
}
