import { ConfigError, type Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { nearestName } from './nearest-name';

/**
 * What a user may be allowed to do, and the versions of Proxmox VE that know it, when not all of 8 and 9 do.
 * @see https://pve.proxmox.com/wiki/User_Management#_privileges
 */
const PRIVILEGES = {
  'Datastore.Allocate': '',
  'Datastore.AllocateSpace': '',
  'Datastore.AllocateTemplate': '',
  'Datastore.Audit': '',
  'Group.Allocate': '',
  'Mapping.Audit': '',
  'Mapping.Modify': '',
  'Mapping.Use': '',
  'Permissions.Modify': '',
  'Pool.Allocate': '',
  'Pool.Audit': '',
  'Realm.Allocate': '',
  'Realm.AllocateUser': '',
  'SDN.Allocate': '',
  'SDN.Audit': '',
  'SDN.Use': '',
  'Sys.AccessNetwork': '',
  'Sys.Audit': '',
  'Sys.Console': '',
  'Sys.Incoming': '',
  'Sys.Modify': '',
  'Sys.PowerMgmt': '',
  'Sys.Syslog': '',
  'User.Modify': '',
  'VM.Allocate': '',
  'VM.Audit': '',
  'VM.Backup': '',
  'VM.Clone': '',
  'VM.Config.CDROM': '',
  'VM.Config.CPU': '',
  'VM.Config.Cloudinit': '',
  'VM.Config.Disk': '',
  'VM.Config.HWType': '',
  'VM.Config.Memory': '',
  'VM.Config.Network': '',
  'VM.Config.Options': '',
  'VM.Console': '',
  'VM.GuestAgent.Audit': '>=9',
  'VM.GuestAgent.FileRead': '>=9',
  'VM.GuestAgent.FileSystemMgmt': '>=9',
  'VM.GuestAgent.FileWrite': '>=9',
  'VM.GuestAgent.Unrestricted': '>=9',
  'VM.Migrate': '',
  'VM.Monitor': '<9',
  'VM.PowerMgmt': '',
  'VM.Replicate': '>=9',
  'VM.Snapshot': '',
  'VM.Snapshot.Rollback': '',
} as const;

export type ProxmoxPrivilege = keyof typeof PRIVILEGES;

/** Those that a version knows, in alphabetical order. */
export function privilegesOf(version: Version): ProxmoxPrivilege[] {
  return (Object.keys(PRIVILEGES) as ProxmoxPrivilege[]).filter(name => PRIVILEGES[name] === '' || version.satisfies(PRIVILEGES[name]));
}

/** Refuses what Proxmox VE would. @throws PRIVILEGE_UNKNOWN, PRIVILEGE_VERSION */
export function checkPrivileges(scope: IConstruct, version: Version, names: readonly string[]): void {
  const known = privilegesOf(version);
  for (const name of names) {
    if ((known as string[]).includes(name)) continue;
    if (name in PRIVILEGES) {
      throw new ConfigError(scope, 'PRIVILEGE_VERSION', `Proxmox VE ${version} does not have the privilege ${name}`, {
        fix: name === 'VM.Monitor' ? 'write VM.GuestAgent.Audit, which took its place' : 'leave it out until the nodes run version 9',
      });
    }
    const near = nearestName(String(name), known);
    throw new ConfigError(scope, 'PRIVILEGE_UNKNOWN', 'there is no such privilege', {
      got: name,
      ...(near ? { fix: `did you mean ${near}?` } : { fix: 'write it like VM.Audit', see: 'https://pve.proxmox.com/wiki/User_Management' }),
    });
  }
}
