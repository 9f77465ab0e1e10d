import { type Address, Bandwidth, Check, ConfigError, type IConnectable, type IVlan } from '@ashlar/core';
import type { Host, Vlan } from '@ashlar/network';
import type { Construct } from 'constructs';
import { type GuestPort, guestPort, localMacAddress } from '../../guest/guest-port';

/** One network port of a guest. */
export interface GuestNic extends GuestPort {
  /** Its number, from 0: `net0`. */
  readonly index: number;
  /** Locally administered and the same at every synthesis. */
  readonly mac: string;
}

/** How the operating system configures one family of a port: an address with its prefix length, or by DHCP. */
export interface IpConfig {
  readonly ipv4?: { readonly address: string; readonly gateway?: string };
  readonly ipv6?: { readonly address: string; readonly gateway?: string };
}

/** A port on each segment, in the order given. @throws GUEST_NIC */
export function guestNics(guest: Construct, cluster: string, vmId: number, on: readonly (Host | Vlan)[]): GuestNic[] {
  return on.map((place, index) => ({ index, mac: localMacAddress(`${cluster}/${vmId}/net${index}`), ...guestPort(guest, place) }));
}

/** Static addresses of a port; the gateway is that of the first port only, and not the guest itself. */
export function ipConfig(nic: GuestNic): IpConfig {
  if (!nic.host) return { ipv4: { address: 'dhcp' } };
  const own = nic.host.addresses;
  const family = (of: 4 | 6) => {
    const address = own.find(a => a.family === of);
    if (!address) return undefined;
    const gateway = nic.index === 0 ? gatewayOf(nic.vlan, of, own) : undefined;
    return { address: `${address.ip}/${address.prefixLength}`, ...(gateway && { gateway }) };
  };
  const [ipv4, ipv6] = [family(4), family(6)];
  return { ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) };
}

/** A limit of a port in MB/s, as Proxmox VE wants it. @throws GUEST_NIC_RATE */
export function nicRate(guest: Construct, rate: Bandwidth): number {
  const megabytes = new Check(guest).instance('nicRate', rate, Bandwidth, 'Bandwidth.megabits(100)').toMegabits() / 8;
  if (megabytes >= 1) return megabytes;
  throw new ConfigError(guest, 'GUEST_NIC_RATE', 'nicRate must be at least 8 Mb/s', {
    got: String(rate),
    fix: 'write Bandwidth.megabits(100)',
  });
}

/** Whose flows a guest takes part in through its ports: its hosts, and the segments whose every member it is. */
export function connectablesOf(nics: readonly GuestNic[], zoneOf: (vlan: Vlan) => IConnectable | undefined): IConnectable[] {
  return [...new Set(nics.flatMap(nic => [nic.host, nic.vlan, zoneOf(nic.vlan)]).filter(c => c !== undefined))];
}

/** The tag of its frames on the bridge, none for the segment that is untagged there. */
export function tagOf(vlan: IVlan, untagged: IVlan | undefined): number | undefined {
  return vlan === untagged ? undefined : vlan.tag;
}

function gatewayOf(vlan: Vlan, family: 4 | 6, own: readonly Address[]): string | undefined {
  const gateway = vlan.gateways.find(ip => ip.includes(':') === (family === 6));
  return own.some(address => address.ip === gateway) ? undefined : gateway;
}
