import { type Address, ConfigError, type GuestDisk, type IGuest, type IInstance, pathOf } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/** What guests of every hypervisor have for each network port. */
interface Port {
  readonly mac?: string;
  readonly host?: { readonly ip: string };
}

/** The MAC address of the port by which a node has an address, where the model knows it. */
export function macOf(node: IInstance, { ip, vlan }: Address): string | undefined {
  const ports = (node as { nics?: unknown }).nics;
  const port = Array.isArray(ports) ? (ports as Port[]).find(({ host }) => host?.ip === ip) : undefined;
  if (port?.mac !== undefined) return port.mac;
  return Vlan.isVlan(vlan) ? vlan.hosts.find(host => host.addresses.some(address => address.ip === ip))?.mac : undefined;
}

/** As above. @throws TALOS_PORT where it does not */
export function requiredMac(cluster: IConstruct, node: IInstance, address: Address): string {
  const mac = macOf(node, address);
  if (mac !== undefined) return mac;
  throw new ConfigError(cluster, 'TALOS_PORT', `nobody says by which port ${pathOf(node)} has ${address.ip}, which Talos has to be told`, {
    fix: `write ${address.vlan.name}.host('${node.hostName}', { mac: … })`,
  });
}

/** Disks of a guest besides the one that it boots from; a machine of its own has none that the model knows. */
export function dataDisksOf(node: IInstance): readonly GuestDisk[] {
  return (node as Partial<IGuest>).dataDisks ?? [];
}
