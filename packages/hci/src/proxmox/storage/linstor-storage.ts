import { ConfigError, type ILifecycle, type Lifecycle, type Need, onRender, pathOf, type Replication } from '@ashlar/core';
import type { Construct } from 'constructs';
import { LinstorCluster } from '../../drbd/linstor-cluster';
import { CLUSTER } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { linstorStorageLifecycle } from './linstor-storage-lifecycle';
import { knownProps, ProxmoxStorage } from './proxmox-storage';

export interface LinstorStorageProps {
  /** What makes the disks of guests, with a copy on each of its nodes. */
  readonly linstor: LinstorCluster;
}

/**
 * Disks of guests that LINSTOR mirrors with DRBD: any node of the storage starts a guest with its last write.
 *
 * Proxmox VE knows it through LINBIT's plugin. No API makes such a storage, so that its entry of `storage.cfg` is rendered for the
 * runbook of the mirror to put there.
 * @see https://linbit.com/drbd-user-guide/linstor-guide-1_0-en/#ch-proxmox-linstor
 */
export class LinstorStorage extends ProxmoxStorage implements ILifecycle {
  public readonly linstor: LinstorCluster;

  /** @throws LINSTOR_STORAGE_NODES */
  constructor(scope: Construct, id: string, props: LinstorStorageProps) {
    knownProps(scope, id, props, ['linstor']);
    const nodes = mirrorNodes(scope, id, props.linstor);
    super(scope, id, { type: 'drbd', content: ['images', 'rootdir'], nodes, size: props.linstor.pool.size });
    this.linstor = props.linstor;
    onRender(this, output => output.write(this, `devices/proxmox/${this.cluster.name}/storage.cfg.d/${this.name}.cfg`, stanza(this)));
  }

  public get lifecycle(): Lifecycle {
    return linstorStorageLifecycle(this);
  }

  public override get needs(): readonly Need[] {
    return [{ on: this, for: `the disks on ${this.name}` }];
  }

  public override get replication(): Replication {
    return this.linstor.replication;
  }
}

/** The entry of `/etc/pve/storage.cfg`. */
function stanza(storage: LinstorStorage): string {
  const { linstor, nodes, cluster } = storage;
  const own =
    nodes.length === cluster.nodes.length
      ? ''
      : `\tnodes ${nodes
          .map(node => node.name)
          .sort()
          .join(',')}\n`;
  return `drbd: ${storage.name}
\tcontent ${storage.content.join(',')}
\tcontroller ${linstor.controllers.join(',')}
\tresourcegroup ${linstor.resourceGroup}
${own}`;
}

/** The nodes that hold copies, as Proxmox VE knows them. @throws LINSTOR_STORAGE_NODES */
function mirrorNodes(scope: Construct, id: string, linstor: LinstorCluster): readonly ProxmoxNode[] {
  if (!LinstorCluster.isLinstorCluster(linstor)) {
    throw new ConfigError(`${pathOf(scope)}/${id}`, 'PROP_TYPE', 'linstor must be a LinstorCluster', {
      got: linstor,
      fix: "write linstor: new LinstorCluster(mirror, 'linstor', { … })",
    });
  }
  const cluster = scope.node.scopes.find((at): at is ProxmoxCluster => CLUSTER in at);
  if (!cluster) return [];
  return linstor.cluster.nodes.map(copy => {
    const node = cluster.nodes.find(n => (copy.machine && n.machine ? n.machine === copy.machine : n.name === copy.name));
    if (node?.name === copy.name) return node;
    throw new ConfigError(
      `${pathOf(scope)}/${id}`,
      'LINSTOR_STORAGE_NODES',
      node
        ? `${pathOf(copy.standsOn)} is ${copy.name} to DRBD and ${node.name} to Proxmox VE, which finds a disk by that name`
        : `${copy.name} holds a copy for ${pathOf(linstor)}, and is no node of ${pathOf(cluster)}`,
      {
        fix: `name the nodes of the mirror as Proxmox VE does: ${cluster.nodes.map(n => n.name).join(', ')}`,
      },
    );
  });
}
