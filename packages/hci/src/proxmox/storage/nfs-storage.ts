import { Check, type Size } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import { ProxmoxStorageNfsResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { knownProps, ProxmoxStorage, type StorageContent } from './proxmox-storage';
import { serverAddress, serverHost } from './storage-server';

export interface NfsStorageProps {
  /** The NFS server: its host, or its IP address or name. */
  readonly server: Host | string;
  /** Exported path, e.g. `/srv/backup`. */
  readonly export: string;
  /** What is put on it. */
  readonly content: readonly StorageContent[];
  /** Nodes that have it. @default - all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room on it. @default - not known */
  readonly size?: Size;
}

/** An NFS export that all its nodes share. */
export class NfsStorage extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NfsStorageProps) {
    knownProps(scope, id, props, ['server', 'export', 'content', 'nodes', 'size']);
    super(scope, id, { type: 'nfs', content: props.content, nodes: props.nodes, size: props.size, ...serverHost(props.server) });
    const check = new Check(this);
    const resource = new ProxmoxStorageNfsResource(this, 'storage', {
      id: this.name,
      server: serverAddress(this, props.server),
      export: check.text('export', props.export, /^(\/[\w.-]+)+$/, 'an absolute path', '/srv/backup'),
      content: this.storedContent,
      nodes: this.nodeNames,
    });
    this.resources = [resource];
  }
}
