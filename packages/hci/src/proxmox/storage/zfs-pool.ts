import { Check, ConfigError, pathOf, type Size, vacant, warn } from '@ashlar/core';
import type { Disk } from '@ashlar/hardware';
import { ProxmoxNodeDiskZfsResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { disksByNode } from './zfs-disks';
import { usableOf, ZFS_LEVELS, type ZfsLevel } from './zfs-level';

export interface ZfsPoolProps {
  /** Disks that it is made of, whole; each node whose machine has some of them gets a pool of its own. What is on them is lost. */
  readonly disks: readonly Disk[];
  /** How many disks of a node may fail. @see https://pve.proxmox.com/wiki/ZFS_on_Linux#sysadmin_zfs_raid_considerations */
  readonly level: ZfsLevel;
  /** Why a single disk is enough, where `level` is `single`. @default - it is not */
  readonly withoutRedundancyBecause?: string;
  /** Sector size as a power of two, 9–16; it never changes. @default 12 */
  readonly ashift?: number;
  /** @default `lz4` */
  readonly compression?: 'lz4' | 'zstd' | 'off';
}

/**
 * A ZFS pool that Proxmox VE makes on nodes, under the same name on each. Its id is its name.
 *
 * Making it destroys what is on the disks, and destroying it destroys the guests: Terraform refuses the latter.
 */
export class ZfsPool extends Construct {
  public static isZfsPool(x: unknown): x is ZfsPool {
    return typeof x === 'object' && x !== null && POOL in x;
  }

  public readonly name: string;
  public readonly cluster: ProxmoxCluster;
  public readonly level: ZfsLevel;
  /** Nodes that have it. */
  public readonly nodes: readonly ProxmoxNode[];
  /** Room on the node that has least of it, after redundancy and what ZFS keeps for itself. */
  public readonly size: Size;
  /** What must be there before something is put on it. */
  public readonly resources: readonly ITerraformDependable[];

  /** @throws ZFS_POOL_NAME, ZFS_POOL_DISK, ZFS_POOL_DISKS, ZFS_POOL_REDUNDANCY, ZFS_POOL_SYSTEM, DISK_IN_USE */
  constructor(scope: Construct, id: string, props: ZfsPoolProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, POOL, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['disks', 'level', 'withoutRedundancyBecause', 'ashift', 'compression']);
    this.name = poolName(this, id);
    this.level = check.choice('level', props.level, Object.keys(ZFS_LEVELS) as ZfsLevel[]);
    requireReason(this, props);
    const byNode = disksByNode(this, check.list('disks', props.disks, "machine.disk('nvme')"));
    this.nodes = [...byNode.keys()];
    const usable = [...byNode].map(([node, disks]) => this.usableOn(node, disks));
    this.size = usable.reduce((least, size) => (size.toBytes() < least.toBytes() ? size : least));
    const ashift = check.integer('ashift', props.ashift ?? 12, 9, 16);
    const compression = check.choice('compression', props.compression ?? 'lz4', ['lz4', 'zstd', 'off']);
    this.resources = [...byNode].map(
      ([node, disks]) =>
        new ProxmoxNodeDiskZfsResource(this, node.name, {
          nodeName: node.name,
          name: this.name,
          raidlevel: this.level,
          devices: disks.map(disk => disk.device as string),
          ashift,
          compression,
          addStorage: false,
          cleanupDisks: false,
          lifecycle: { preventDestroy: true },
        }),
    );
  }

  private usableOn(node: ProxmoxNode, disks: readonly Disk[]): Size {
    const { least, even } = ZFS_LEVELS[this.level];
    if (disks.length < least || (even && disks.length % 2 === 1)) {
      throw new ConfigError(
        this,
        'ZFS_POOL_DISKS',
        `a pool of level ${this.level} takes ${least} disks or more${even ? ', an even number' : ''}, and has ${disks.length} on ${node.name}`,
        {
          got: disks.map(disk => disk.node.id),
          fix: 'add disks, or choose another level',
        },
      );
    }
    const smallest = disks.reduce((least, disk) => (disk.size.toBytes() < least.size.toBytes() ? disk : least));
    const larger = disks.filter(disk => disk.size.toBytes() > smallest.size.toBytes());
    const lost = larger.reduce((sum, disk) => sum + disk.size.toBytes() - smallest.size.toBytes(), 0);
    if (lost > 0 && this.level !== 'single') {
      const names = larger.map(disk => pathOf(disk)).join(', ');
      warn(
        this,
        'ZFS_POOL_UNEVEN',
        `uses ${smallest.size} of each disk, as much as ${pathOf(smallest)} has; the rest of ${names} is lost`,
        'use disks of one size',
      );
    }
    return usableOf(
      this.level,
      disks.map(disk => disk.size),
    );
  }
}

const POOL = Symbol.for('@ashlar/hci.ZfsPool');

/** @throws ZFS_POOL_NAME */
function poolName(pool: ZfsPool, id: string): string {
  const reserved = /^(rpool|bpool|mirror|raidz|draid|spare|log|cache|special|c\d)/.test(id);
  if (/^[a-z][a-z0-9._-]*$/.test(id) && !reserved) return id;
  throw new ConfigError(
    pool,
    'ZFS_POOL_NAME',
    reserved
      ? 'the name of a pool is none that the installer or ZFS uses'
      : 'the name of a pool is lower-case letters, digits, dots, dashes and underscores',
    {
      got: id,
      fix: "write it like 'tank'",
    },
  );
}

/** @throws ZFS_POOL_REDUNDANCY */
function requireReason(pool: ZfsPool, { withoutRedundancyBecause: reason }: ZfsPoolProps): void {
  if (pool.level !== 'single') {
    if (reason === undefined) return;
    throw new ConfigError(pool, 'ZFS_POOL_REDUNDANCY', `has redundancy of level ${pool.level}, and a reason for having none`, {
      fix: 'leave withoutRedundancyBecause out',
    });
  }
  if (typeof reason === 'string' && reason.trim().length >= 10) return;
  throw new ConfigError(pool, 'ZFS_POOL_REDUNDANCY', 'is lost with any one of its disks', {
    fix: "choose level 'mirror', or write withoutRedundancyBecause: 'each guest is replicated to the other node'",
  });
}
