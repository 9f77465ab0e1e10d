import { ConfigError, type IVlan, pathOf } from '@ashlar/core';
import type { Nic } from '@ashlar/hardware';
import type { HarvesterNode } from '../harvester-node';
import type { BondMode } from './bond-mode';

/** What Harvester is told of a node's management network. @see https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installmanagement_interface */
export function managementInterface(node: HarvesterNode, bondMode: BondMode, mtu: number | undefined): object {
  const { host, nics } = node;
  const address = host.addresses.find(a => a.family === 4);
  const tag = tagOn(nics[0] as Nic, host.vlan);
  return {
    interfaces: nics.map(nic => ({ name: nic.name, ...(nic.mac !== undefined && { hwAddr: nic.mac }) })),
    ...(node.dhcp
      ? { method: 'dhcp' }
      : { method: 'static', ip: address?.ip, subnet_mask: maskOf(address?.prefixLength ?? 0), gateway: host.vlan.gateway }),
    bond_options: { mode: bondMode, miimon: '100' },
    ...(mtu !== undefined && { mtu }),
    ...(tag !== 0 && { vlan_id: tag }),
  };
}

/** The tag that frames of a segment have at a port: 0 where the switch takes them without one, or nobody knows the switch. */
export function tagOn(nic: Nic, vlan: IVlan): number {
  return nic.link && nic.link.port.native !== vlan ? vlan.tag : 0;
}

/** The segment has addresses of the family that the installer knows. @throws HARVESTER_IPV4 */
export function requireIpv4(node: HarvesterNode): void {
  if (node.host.vlan.ipv4) return;
  throw new ConfigError(
    node,
    'HARVESTER_IPV4',
    `${pathOf(node.host.vlan)} has no IPv4 prefix, and the installer takes IPv4 addresses only`,
    {
      fix: 'give the management segment an IPv4 prefix',
      see: 'https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installmanagement_interface',
    },
  );
}

/** 24 → `255.255.255.0` */
function maskOf(prefixLength: number): string {
  return [0, 8, 16, 24].map(from => 256 - 2 ** (8 - Math.min(8, Math.max(0, prefixLength - from)))).join('.');
}
