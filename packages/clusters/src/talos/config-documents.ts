import type { GuestDisk } from '@ashlar/core';

/** A document of a machine configuration besides its first, as Talos 1.12 and 1.13 both read it. */
export interface ConfigDocument {
  readonly apiVersion: 'v1alpha1';
  readonly kind: string;
  readonly [key: string]: unknown;
}

/** Where the key of a disk comes from: the identity of the machine, or its trusted platform module. */
export type DiskEncryption = 'nodeID' | 'tpm' | 'none';

function document(kind: string, content: object): ConfigDocument {
  return { apiVersion: 'v1alpha1', kind, ...content };
}

/** A name that the program gives, and none that Talos or DHCP would. */
export function hostname(name: string): ConfigDocument {
  return document('HostnameConfig', { auto: 'off', hostname: name });
}

/** A name of our own for a port, so that nothing depends on what the kernel calls it. */
export function linkAlias(name: string, mac: string): ConfigDocument {
  return document('LinkAliasConfig', { name, selector: { match: `mac(link.permanent_addr) == "${mac.toLowerCase()}"` } });
}

/** Addresses of a port, for machines that nothing else tells. */
export function link(name: string, addresses: readonly string[], gateways: readonly string[]): ConfigDocument {
  return document('LinkConfig', {
    name,
    up: true,
    addresses: addresses.map(address => ({ address })),
    ...(gateways.length > 0 && { routes: gateways.map(gateway => ({ gateway })) }),
  });
}

export function resolvers(addresses: readonly string[]): ConfigDocument {
  return document('ResolverConfig', { nameservers: addresses.map(address => ({ address })) });
}

export function timeServers(servers: readonly string[]): ConfigDocument {
  return document('TimeSyncConfig', { ntp: { servers } });
}

/** The address that control planes hold in turn; etcd elects who. */
export function virtualAddress(ip: string, on: string): ConfigDocument {
  return document('Layer2VIPConfig', { name: ip, link: on });
}

/** Where images of a registry are pulled from first. What the mirrors do not have comes from the registry itself. */
export function registryMirror(registry: string, endpoints: readonly string[]): ConfigDocument {
  return document('RegistryMirrorConfig', { name: registry, endpoints: endpoints.map(url => ({ url })) });
}

/** What the system keeps of itself, encrypted from the first boot on. */
export function systemVolume(name: 'STATE' | 'EPHEMERAL', encryption: DiskEncryption): ConfigDocument {
  return document('VolumeConfig', { name, encryption: encryptedBy(encryption) });
}

/** A file system on all of a data disk, mounted at `/var/mnt/<name>`. */
export function userVolume(disk: GuestDisk, encryption: DiskEncryption): ConfigDocument {
  return document('UserVolumeConfig', {
    name: disk.name,
    provisioning: { diskSelector: { match: `"${disk.device}" in disk.symlinks` }, minSize: '100MiB', grow: true },
    ...(encryption !== 'none' && { encryption: encryptedBy(encryption) }),
  });
}

function encryptedBy(by: DiskEncryption): object {
  return { provider: 'luks2', keys: [{ slot: 0, [by]: {} }] };
}
