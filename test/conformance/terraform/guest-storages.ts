import { Secret, Size } from '@ashlar/core';
import { BackupDrive, DirectoryStorage, NfsStorage, PbsStorage, type ProxmoxStorage, ZfsPool, ZfsStorage } from '@ashlar/hci';
import type { HypervisorPlace } from './hypervisor-place';

/** Where guests and their copies lie. */
export interface GuestStorages {
  readonly tank: ProxmoxStorage;
  readonly fast: ProxmoxStorage;
  readonly files: ProxmoxStorage;
  readonly nas: ProxmoxStorage;
  readonly pbs: ProxmoxStorage;
  readonly usb: ProxmoxStorage;
}

/** One storage of each kind that guests, images and backups lie on, on pools that Proxmox VE makes and on others. */
export function guestStorages({ pve, machines }: HypervisorPlace): GuestStorages {
  const pool = new ZfsPool(pve, 'fast', {
    disks: machines.map(machine => machine.disk('data1')),
    level: 'single',
    withoutRedundancyBecause: 'each guest on it can be made again',
    ashift: 13,
    compression: 'zstd',
  });
  return {
    tank: new ZfsStorage(pve, 'tank', { pool: 'rpool/data', size: Size.gibibytes(900) }),
    fast: new ZfsStorage(pve, 'fast-disks', { pool, thinProvision: false }),
    files: new DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'snippets', 'vztmpl'] }),
    nas: new NfsStorage(pve, 'nas', { server: '192.168.1.5', export: '/srv/images', content: ['import', 'iso', 'vztmpl'] }),
    pbs: new PbsStorage(pve, 'pbs', {
      server: '192.168.1.6',
      datastore: 'main',
      tokenId: 'pve@pbs!guests',
      token: Secret.fromTerraformVariable('pbs_token'),
      fingerprint: Array(32).fill('0a').join(':'),
      namespace: 'lab/guests',
      encryptionKey: Secret.fromTerraformVariable('pbs_key'),
      nodes: pve.nodes,
      size: Size.gigabytes(8000),
    }),
    usb: new BackupDrive(pve, 'usb1', {
      node: pve.nodeOf('pve-01'),
      uuid: '0f3c6c1e-5a4e-4d0e-9d2b-2f7f0c1a9b11',
      size: Size.terabytes(5),
      fileSystem: 'xfs',
    }),
  };
}
