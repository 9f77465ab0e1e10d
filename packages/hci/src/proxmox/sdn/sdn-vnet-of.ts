import type { IVlan } from '@ashlar/core';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Sdn } from './sdn';
import type { SdnVnet } from './sdn-vnet';

/** The vnet of a cluster that is a segment, if one is: the bridge that guests on the segment are connected to. */
export function sdnVnetOf(cluster: ProxmoxCluster, vlan: IVlan): SdnVnet | undefined {
  return Sdn.find(cluster)?.vnets.find(vnet => vnet.vlan === vlan);
}
