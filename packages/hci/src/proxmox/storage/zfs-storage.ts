import { Check, type Size } from '@ashlar/core';
import { ProxmoxStorageZfspoolResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { knownProps, ProxmoxStorage } from './proxmox-storage';

export interface ZfsStorageProps {
  /** Pool or dataset that is there on each of its nodes under the same name, e.g. `rpool/data`. */
  readonly pool: string;
  /** Nodes that have it. @default - all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room on each node. @default - not known */
  readonly size?: Size;
  /** Whether a disk takes only what is written to it. @default true */
  readonly thinProvision?: boolean;
}

/** Disks of guests on a local ZFS pool: the storage from which Proxmox VE can replicate. */
export class ZfsStorage extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: ZfsStorageProps) {
    knownProps(scope, id, props, ['pool', 'nodes', 'size', 'thinProvision']);
    super(scope, id, { type: 'zfspool', content: ['images', 'rootdir'], nodes: props.nodes, size: props.size });
    const check = new Check(this);
    const resource = new ProxmoxStorageZfspoolResource(this, 'storage', {
      id: this.name,
      zfsPool: check.text('pool', props.pool, /^[A-Za-z][\w.:-]*(\/[\w.:-]+)*$/, 'the name of a ZFS pool or dataset', 'rpool/data'),
      content: [...this.content],
      nodes: this.nodeNames,
      thinProvision: check.boolean('thinProvision', props.thinProvision ?? true),
    });
    this.resources = [resource];
  }
}
