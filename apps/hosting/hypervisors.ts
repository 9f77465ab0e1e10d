import { acknowledge, Secret, type Site, Size, Version } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import * as hci from '@ashlar/hci';
import type { Host, Vlan } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { S3Backend } from 'cdktf';
import { ADMIN_SSH } from './keys';

export interface HypervisorsProps {
  /** The third vote, and the backups. */
  readonly router: Machine;
  /** The two that mirror each other. */
  readonly pair: readonly [Machine, Machine];
  /** Where the nodes are managed. */
  readonly management: Vlan;
  /** Where disks are mirrored, and where the nodes hear of each other too. */
  readonly mirror: Vlan;
}

/** A machine of the cluster, with its addresses. */
interface Vote {
  readonly machine: Machine;
  readonly host: Host;
  readonly copies: Host;
}

/** Proxmox VE: two nodes whose disks mirror each other, and the router as the third vote. How they are installed is in devices/proxmox. */
export function hypervisorsOf(site: Site, { router, pair, management, mirror }: HypervisorsProps) {
  const votes = [router, ...pair].map((machine, i) => {
    return { machine, host: management.host(machine.name, 10 + i), copies: mirror.host(`${machine.name}-mirror`, 10 + i) };
  }) as [Vote, Vote, Vote];
  const [third, ...two] = votes;

  const workspace = new TerraformWorkspace(site, 'hypervisors', {
    backend: stack =>
      new S3Backend(stack, { bucket: 'terraform', key: 'hosting/hypervisors.tfstate', region: 'eu-central-1', encrypt: true }),
  });
  const pve = new hci.ProxmoxCluster(workspace.stack, 'pve', {
    version: Version.of('9.1'),
    nodes: votes.map(({ machine, host, copies }) => ({ machine, host, otherHosts: [copies] })),
    apiToken: Secret.fromTerraformVariable('proxmox_api_token'),
    vmIds: { from: 1000, to: 1999 },
    sshKeys: [ADMIN_SSH],
  });
  new hci.ProxmoxInstallation(pve, 'installation', {
    country: 'de',
    mailto: 'ops@hosting.example.net',
    bootDisks: ['nvme0', 'nvme1'],
    rootPassword: Secret.fromOpenBao('kv/proxmox', 'root'),
    links: [mirror],
  });

  // What customers have is written to both nodes at once; the router has no copy, and decides who goes on.
  const drbd = new hci.DrbdCluster(site, 'drbd', {
    nodes: two.map(({ machine, copies }) => ({ machine, host: copies })),
    tiebreaker: { machine: third.machine, host: third.copies },
    sharedSecret: Secret.fromOpenBao('kv/drbd', 'mirror'),
  });
  acknowledge(drbd, 'DRBD_ONE_FAILURE_DOMAIN', 'one shelf, and a spare switch on it; the backups are for the fire');
  const pool = { driver: 'lvmthin', name: 'vg0/thin', size: Size.terabytes(4) } as const;
  const mirrored = new hci.LinstorStorage(pve, 'mirrored', { linstor: new hci.LinstorCluster(drbd, 'linstor', { pool }) });
  // Beside the system, on each of the three: for what is copied from node to node, and holds no data.
  const system = new hci.ZfsStorage(pve, 'system', { pool: 'rpool/data', size: Size.gigabytes(400) });
  new hci.DirectoryStorage(pve, 'files', { path: '/var/lib/files', content: ['import', 'vztmpl', 'snippets'] });

  // Every night, to a drive of 5 TB at the router. The key is kept elsewhere, since what is encrypted dies with it.
  const drive = new hci.PbsStorage(pve, 'drive', {
    server: third.host,
    datastore: 'external',
    tokenId: 'pve@pbs!cluster',
    token: Secret.fromTerraformVariable('pbs_token'),
    encryptionKey: Secret.fromTerraformVariable('pbs_key'),
    size: Size.terabytes(5),
  });
  new hci.BackupJob(pve, 'nightly', { storage: drive, schedule: hci.Schedule.daily('02:30'), keep: { daily: 7, weekly: 4, monthly: 3 } });

  return { pve, mirrored, system, backups: third.host, hosts: votes.map(({ host }) => host) };
}
