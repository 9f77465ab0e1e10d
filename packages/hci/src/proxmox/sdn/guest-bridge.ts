import { ConfigError, type IVlan, pathOf } from '@ashlar/core';
import type { ITerraformDependable } from 'cdktf';
import { tagOf } from '../guests/guest-nic';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Sdn } from './sdn';
import { sdnVnetOf } from './sdn-vnet-of';

/** How a network port of a guest is connected to a segment. */
export interface GuestBridge {
  /** The vnet that is the segment, or the bridge of the cluster. */
  readonly bridge: string;
  /** Tag on the bridge of the cluster; a vnet adds its own. */
  readonly vlanId?: number;
  /** Set where packets are other than 1500 bytes, so that the guest knows. */
  readonly mtu?: number;
}

/** @throws SDN_VNET_NODE when the guest may run where the vnet is not */
export function guestBridge(guest: ProxmoxGuest, vlan: IVlan): GuestBridge {
  const { cluster } = guest;
  const vnet = sdnVnetOf(cluster, vlan);
  const vlanId = tagOf(vlan, cluster.untagged);
  if (!vnet) return { bridge: cluster.bridge, ...(vlanId !== undefined && { vlanId }) };
  const { zone } = vnet;
  const without = guest.nodes.find(node => !zone.nodes.includes(node));
  if (without) {
    throw new ConfigError(
      guest,
      'SDN_VNET_NODE',
      `may run on ${without.name}, which does not have ${pathOf(zone)}, the zone of ${pathOf(vlan)}`,
      {
        fix: `choose one of ${zone.nodes.map(node => node.name).join(', ')}, or add ${without.name} to nodes of the zone`,
      },
    );
  }
  return { bridge: vnet.name, ...(zone.mtu !== 1500 && { mtu: zone.mtu }) };
}

/** What must be there before a guest is connected to its segments: nothing, unless a vnet is one of them. */
export function appliedFor(cluster: ProxmoxCluster, vlans: readonly IVlan[]): ITerraformDependable[] {
  const sdn = Sdn.find(cluster);
  return sdn?.vnets.some(vnet => vnet.vlan && vlans.includes(vnet.vlan)) ? [sdn.applied] : [];
}
