import { ConfigError, pathOf } from '@ashlar/core';
import type { Disk } from '@ashlar/hardware';
import { Construct } from 'constructs';
import { claimBlockDevice } from '../../block-device';
import type { ProxmoxNode } from '../proxmox-node';
import type { ZfsPool } from './zfs-pool';

/** Disks of a pool by the node whose machine has them. @throws ZFS_POOL_DISK, ZFS_POOL_SYSTEM, DISK_IN_USE */
export function disksByNode(pool: ZfsPool, disks: readonly Disk[]): Map<ProxmoxNode, Disk[]> {
  const byNode = new Map<ProxmoxNode, Disk[]>();
  for (const disk of disks) {
    const node = pool.cluster.nodes.find(n => n.machine?.disks.includes(disk));
    if (!node?.machine) {
      throw new ConfigError(
        pool,
        'ZFS_POOL_DISK',
        `${Construct.isConstruct(disk) ? pathOf(disk) : String(disk)} is no disk of a machine of ${pathOf(pool.cluster)}`,
        {
          fix: `use disks of ${pool.cluster.nodes.flatMap(n => (n.machine ? [pathOf(n.machine)] : [])).join(', ') || 'machines in the model: nodes: [{ machine, host }]'}`,
        },
      );
    }
    if (disk.device === undefined) {
      throw new ConfigError(pool, 'ZFS_POOL_DISK', `${pathOf(disk)} has no path that stays the same at every boot`, {
        fix: `tell the machine disks: { ${disk.node.id}: '/dev/disk/by-id/…' }, as ls -l /dev/disk/by-id shows it`,
      });
    }
    const own = byNode.get(node) ?? [];
    if (own.includes(disk)) throw new ConfigError(pool, 'ZFS_POOL_DISK', `names ${pathOf(disk)} twice`, { fix: 'name each disk once' });
    claimBlockDevice(pool, node.machine, disk.device);
    byNode.set(node, [...own, disk]);
    if (own.length + 1 === node.machine.disks.length) {
      throw new ConfigError(
        pool,
        'ZFS_POOL_SYSTEM',
        `takes every disk of ${pathOf(node.machine)}, and Proxmox VE itself lies on one of them`,
        {
          fix: 'leave out the disk of the system; the pool of the installer is rpool, which ZfsStorage takes by its name',
        },
      );
    }
  }
  return byNode;
}
