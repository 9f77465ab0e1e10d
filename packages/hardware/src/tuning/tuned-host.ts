import { ConfigError, type IInstance, isConsumer, Site, type Size } from '@ashlar/core';
import type { Construct } from 'constructs';
import { Machine } from '../machine';

/** What hosts run: `debian` is any system with systemd, GRUB and `/etc` of Debian, such as Ubuntu and Proxmox VE. */
export type TunedSystem = 'debian' | 'talos';

/** A host as tuning sees it. What is not known is not checked. */
export interface TunedHost {
  readonly construct: Machine | IInstance;
  /** Short name, which files and inventories call it by. */
  readonly name: string;
  readonly fqdn: string;
  /** Absent for what runs in a hypervisor. */
  readonly machine?: Machine;
  /** Absent for a machine. */
  readonly instance?: IInstance;
  readonly memory?: Size;
  readonly threads?: number;
}

/** @throws PROP_TYPE */
export function tunedHost(tuning: Construct, host: Machine | IInstance): TunedHost {
  if (Machine.isMachine(host)) {
    const { memory, threads } = host.capacity;
    return { construct: host, name: host.name, fqdn: `${host.name}.${Site.of(tuning).domain}`, machine: host, memory, threads };
  }
  if (typeof host !== 'object' || host === null || !('firstBoot' in host) || !('hostName' in host)) {
    throw new ConfigError(tuning, 'PROP_TYPE', 'what is tuned must be a Machine or an instance', {
      got: host,
      fix: 'pass the machine, or the virtual machine, itself',
    });
  }
  const { memory, threads } = isConsumer(host) ? host.consumption : {};
  return { construct: host, name: host.hostName, fqdn: host.fqdn, instance: host, memory, threads };
}
