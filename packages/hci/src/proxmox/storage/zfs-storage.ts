import { Check, ConfigError, pathOf, type Size } from '@ashlar/core';
import { ProxmoxStorageZfspoolResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { knownProps, ProxmoxStorage } from './proxmox-storage';
import { ZfsPool } from './zfs-pool';

export interface ZfsStorageProps {
  /** A pool of this program; or the name of a pool or dataset that is there on each of its nodes, e.g. `rpool/data`. */
  readonly pool: ZfsPool | string;
  /** Nodes that have it. @default - those of the pool, or all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room on each node. @default - that of the pool, or not known */
  readonly size?: Size;
  /** Whether a disk takes only what is written to it. @default true */
  readonly thinProvision?: boolean;
}

/** Disks of guests on a local ZFS pool: the storage from which Proxmox VE can replicate. */
export class ZfsStorage extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];

  /** @throws ZFS_STORAGE_POOL */
  constructor(scope: Construct, id: string, props: ZfsStorageProps) {
    knownProps(scope, id, props, ['pool', 'nodes', 'size', 'thinProvision']);
    const pool = ZfsPool.isZfsPool(props.pool) ? props.pool : undefined;
    super(scope, id, {
      type: 'zfspool',
      content: ['images', 'rootdir'],
      nodes: props.nodes ?? pool?.nodes,
      size: props.size ?? pool?.size,
    });
    const missing = pool && this.nodes.find(node => !pool.nodes.includes(node));
    if (missing)
      throw new ConfigError(this, 'ZFS_STORAGE_POOL', `is on ${missing.name}, which ${pathOf(pool)} has no disks of`, {
        fix: `leave nodes out, or give the pool disks of ${missing.name}`,
      });
    const check = new Check(this);
    const name = pool?.name ?? (props.pool as string);
    if (Construct.isConstruct(name))
      throw new ConfigError(this, 'PROP_TYPE', 'pool must be a ZfsPool or the name of a pool', {
        got: name,
        fix: "write pool: 'rpool/data'",
      });
    const resource = new ProxmoxStorageZfspoolResource(this, 'storage', {
      id: this.name,
      zfsPool: check.text('pool', name, /^[A-Za-z][\w.:-]*(\/[\w.:-]+)*$/, 'the name of a ZFS pool or dataset', 'rpool/data'),
      content: [...this.content],
      nodes: this.nodeNames,
      thinProvision: check.boolean('thinProvision', props.thinProvision ?? true),
      ...(pool && { dependsOn: [...pool.resources] }),
    });
    this.resources = [resource];
  }
}
