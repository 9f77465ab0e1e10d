import { Check, type Size } from '@ashlar/core';
import { ProxmoxStorageDirectoryResource } from '@ashlar/provider-proxmox';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';
import { knownProps, ProxmoxStorage, type StorageContent } from './proxmox-storage';

export interface DirectoryStorageProps {
  /** Absolute path on each node, e.g. `/var/lib/images`. It is made when it is missing. */
  readonly path: string;
  /** What is put on it. */
  readonly content: readonly StorageContent[];
  /** Nodes that have it. @default - all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room on each node. @default - not known */
  readonly size?: Size;
}

/** A directory of each node: for images, snippets, container templates, and backups that go to a disk of their own. */
export class DirectoryStorage extends ProxmoxStorage {
  public override readonly resources: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DirectoryStorageProps) {
    knownProps(scope, id, props, ['path', 'content', 'nodes', 'size']);
    super(scope, id, { type: 'dir', content: props.content, nodes: props.nodes, size: props.size });
    const resource = new ProxmoxStorageDirectoryResource(this, 'storage', {
      id: this.name,
      path: new Check(this).text('path', props.path, /^(\/[\w.-]+)+$/, 'an absolute path', '/var/lib/images'),
      content: this.storedContent,
      nodes: this.nodeNames,
      createBasePath: true,
      createSubdirs: true,
    });
    this.resources = [resource];
  }
}
