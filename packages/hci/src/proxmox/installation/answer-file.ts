import type { Nic } from '@ashlar/hardware';
import type { Host } from '@ashlar/network';
import type { ProxmoxNode } from '../proxmox-node';
import { bootDisks, diskFilters } from './boot-disks';
import { bridgePort } from './node-port';

/** What the installer asks besides what the model knows. */
export interface InstallerAnswers {
  readonly country: string;
  readonly keyboard: string;
  readonly timezone: string;
  readonly mailto: string;
  readonly bootDisks: readonly string[];
  readonly sshKeys: readonly string[];
}

/** Stands where the hash of root's password is put in, when the medium is made. */
export const PASSWORD_MARK = '@ROOT_PASSWORD_HASHED@';

/**
 * The answers to the installer of Proxmox VE, so that it asks nobody. The hash of root's password is not in it.
 * @see https://pve.proxmox.com/wiki/Automated_Installation
 */
export function answerFile(node: ProxmoxNode, answers: InstallerAnswers): string {
  const nic = bridgePort(node) as Nic;
  const host = node.host as Host;
  const address = host.addresses.find(a => a.family === 4) ?? host.addresses[0];
  const gateway = host.vlan.gateways[0] as string;
  const disks = bootDisks(node, answers.bootDisks);
  return [
    table('global', {
      keyboard: answers.keyboard,
      country: answers.country,
      fqdn: host.fqdn,
      mailto: answers.mailto,
      timezone: answers.timezone,
      'root-password-hashed': PASSWORD_MARK,
      'root-ssh-keys': answers.sshKeys,
      'reboot-on-error': false,
    }),
    table('network', {
      source: 'from-answer',
      cidr: `${address?.ip}/${address?.prefixLength}`,
      dns: gateway,
      gateway,
      'filter.ID_NET_NAME_MAC': `enx${nic.mac?.replaceAll(':', '')}`,
    }),
    table('disk-setup', {
      filesystem: 'zfs',
      'zfs.raid': disks.length > 1 ? 'raid1' : 'raid0',
      'zfs.compress': 'zstd',
      ...(disks.length > 1 && { 'filter-match': 'any' }),
      ...diskFilters(disks),
    }),
  ].join('\n');
}

/** A table of TOML. Its strings are those of JSON, and its dotted keys are ours. */
function table(name: string, values: Readonly<Record<string, string | boolean | readonly string[]>>): string {
  return [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key} = ${JSON.stringify(value)}`), ''].join('\n');
}
