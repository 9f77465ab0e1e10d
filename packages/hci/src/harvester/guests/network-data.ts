import { toYaml } from '@ashlar/core';
import type { HarvesterGuest } from './harvester-guest';
import type { HarvesterNic } from './harvester-nic';

/**
 * The network of a guest as cloud-init reads it (version 2). Ports are found by their MAC address: what names they
 * have otherwise depends on the distribution.
 * @see https://cloudinit.readthedocs.io/en/latest/reference/network-config-format-v2.html
 */
export function renderNetworkData(guest: HarvesterGuest): string {
  const ethernets = Object.fromEntries(guest.nics.map((nic, i) => [nic.name, ethernet(guest, nic, i === 0)]));
  return toYaml({ version: 2, ethernets });
}

function ethernet(guest: HarvesterGuest, nic: HarvesterNic, first: boolean): object {
  const match = { match: { macaddress: nic.mac }, 'set-name': nic.name };
  if (!nic.host) return { ...match, dhcp4: true, 'dhcp4-overrides': { 'use-routes': first } };
  const own = nic.host.addresses;
  const gateways = first ? nic.vlan.gateways.filter(ip => !own.some(address => address.ip === ip)) : [];
  return {
    ...match,
    dhcp4: false,
    addresses: own.map(address => `${address.ip}/${address.prefixLength}`),
    // Not as routes: cloud-init 22 (Debian 12) makes ::/64 of ::/0, and takes no `default`.
    ...Object.fromEntries(gateways.map(via => [via.includes(':') ? 'gateway6' : 'gateway4', via])),
    ...(first && { nameservers: { addresses: [...guest.resolvers], search: [nic.vlan.domain] } }),
  };
}
