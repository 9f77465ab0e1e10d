import { Check, ConfigError, pathOf } from '@ashlar/core';
import type { HarvesterCluster } from '../harvester-cluster';

export interface HarvesterStorageProps {
  /** Copies of each volume, each on another node (1 to the number of nodes that run guests). @default - one on each node, three at most */
  readonly replicas?: number;
  /** Whether one of the copies is kept on the node of the guest, which then reads without the network. @default `disabled` */
  readonly dataLocality?: 'disabled' | 'best-effort';
  /** Tags that a disk must have to hold volumes. @default - any disk does */
  readonly diskSelector?: readonly string[];
  /** Tags that a node must have to hold volumes. @default - any node does */
  readonly nodeSelector?: readonly string[];
}

/** How Longhorn keeps the volumes of guests. @see https://docs.harvesterhci.io/v1.7/advanced/storageclass */
export class HarvesterStorage {
  /** Name of the storage class of volumes that come from no image. */
  public static readonly CLASS = 'guests';

  public readonly replicas: number;
  private readonly dataLocality: string;
  private readonly diskSelector: readonly string[];
  private readonly nodeSelector: readonly string[];

  /** @throws HARVESTER_REPLICAS */
  constructor(cluster: HarvesterCluster, props: HarvesterStorageProps) {
    const check = new Check(cluster);
    check.known(props, ['replicas', 'dataLocality', 'diskSelector', 'nodeSelector']);
    const nodes = cluster.workers.length;
    this.replicas = check.integer('storage.replicas', props.replicas ?? Math.min(3, nodes), 1, 20);
    if (this.replicas > nodes) {
      throw new ConfigError(
        cluster,
        'HARVESTER_REPLICAS',
        `storage.replicas is ${this.replicas}, and ${nodes === 1 ? `only ${pathOf(cluster.workers[0] as never)} holds` : `${nodes} nodes hold`} volumes: the others would be missing for good`,
        { fix: `write replicas: ${nodes}, or add a node`, see: 'https://docs.harvesterhci.io/v1.7/advanced/storageclass' },
      );
    }
    this.dataLocality = check.choice('storage.dataLocality', props.dataLocality ?? 'disabled', ['disabled', 'best-effort']);
    this.diskSelector = tags(check, 'storage.diskSelector', props.diskSelector);
    this.nodeSelector = tags(check, 'storage.nodeSelector', props.nodeSelector);
  }

  /** Parameters of a storage class, and of the one that Harvester makes of each image. A volume of one copy cannot move with its guest. */
  public get parameters(): Readonly<Record<string, string>> {
    return {
      numberOfReplicas: String(this.replicas),
      staleReplicaTimeout: '30',
      migratable: 'true',
      ...(this.dataLocality !== 'disabled' && { dataLocality: this.dataLocality }),
      ...(this.diskSelector.length > 0 && { diskSelector: this.diskSelector.join(',') }),
      ...(this.nodeSelector.length > 0 && { nodeSelector: this.nodeSelector.join(',') }),
    };
  }

  /** Volumes are kept when their claim is deleted: whoever deletes one by mistake has the data still. */
  public get manifest() {
    return {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      metadata: { name: HarvesterStorage.CLASS },
      provisioner: 'driver.longhorn.io',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'Immediate',
      allowVolumeExpansion: true,
      parameters: this.parameters,
    };
  }
}

function tags(check: Check, name: string, given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return [];
  return check
    .list(name, given, "'nvme'")
    .map(tag => check.text(name, tag, /^[A-Za-z0-9][\w-]*$/, 'tags of letters, digits, dashes and underscores', 'nvme'))
    .sort();
}
