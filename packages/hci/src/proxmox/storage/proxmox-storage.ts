import { Check, ConfigError, type Need, pathOf, type Replication, Size, vacant } from '@ashlar/core';
import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';

/** What may lie on a storage. @see https://pve.proxmox.com/wiki/Storage */
export type StorageContent = 'images' | 'rootdir' | 'import' | 'iso' | 'vztmpl' | 'snippets' | 'backup';

/** What is known of each type of storage. @see https://pve.proxmox.com/wiki/Storage#_storage_types */
const TYPES = {
  zfspool: { shared: false, replicable: true, holds: ['images', 'rootdir'] },
  dir: { shared: false, replicable: false, holds: ['images', 'rootdir', 'import', 'iso', 'vztmpl', 'snippets', 'backup'] },
  lvm: { shared: false, replicable: false, holds: ['images', 'rootdir'] },
  lvmthin: { shared: false, replicable: false, holds: ['images', 'rootdir'] },
  btrfs: { shared: false, replicable: false, holds: ['images', 'rootdir', 'import', 'iso', 'vztmpl', 'snippets', 'backup'] },
  nfs: { shared: true, replicable: false, holds: ['images', 'rootdir', 'import', 'iso', 'vztmpl', 'snippets', 'backup'] },
  cifs: { shared: true, replicable: false, holds: ['images', 'rootdir', 'import', 'iso', 'vztmpl', 'snippets', 'backup'] },
  rbd: { shared: true, replicable: false, holds: ['images', 'rootdir'] },
  cephfs: { shared: true, replicable: false, holds: ['import', 'iso', 'vztmpl', 'snippets', 'backup'] },
  pbs: { shared: true, replicable: false, holds: ['backup'] },
  drbd: { shared: true, replicable: false, holds: ['images', 'rootdir'] },
} as const satisfies Record<string, { shared: boolean; replicable: boolean; holds: readonly StorageContent[] }>;

export type StorageType = keyof typeof TYPES;

/** What all storages have in common. */
export interface StorageFacts {
  readonly type: StorageType;
  /** What is put on it. */
  readonly content: readonly StorageContent[];
  /** Nodes that have it. @default - all of the cluster */
  readonly nodes?: readonly ProxmoxNode[];
  /** Room on it; of a local storage, on each node. @default - not known */
  readonly size?: Size;
  /** What it is lost with, such as the host of its server. @default - its nodes when it is local, else not known */
  readonly standsOn?: readonly IConstruct[];
}

/** Where disks, images or backups lie. Its id is its name in Proxmox VE. */
export class ProxmoxStorage extends Construct {
  public static isProxmoxStorage(x: unknown): x is ProxmoxStorage {
    return typeof x === 'object' && x !== null && STORAGE in x;
  }

  /** A storage that is there already, such as the `local-zfs` that the installer of Proxmox VE makes. */
  public static fromName(scope: Construct, name: string, facts: StorageFacts): ProxmoxStorage {
    return new ProxmoxStorage(scope, name, facts);
  }

  public readonly name: string;
  public readonly type: StorageType;
  public readonly content: readonly StorageContent[];
  public readonly cluster: ProxmoxCluster;
  /** Nodes that have it. */
  public readonly nodes: readonly ProxmoxNode[];
  public readonly size?: Size;
  /** What must be there before something is put on it. */
  public readonly resources: readonly ITerraformDependable[] = [];
  /** What it is lost with; undefined while that is not known. */
  public readonly standsOn?: readonly IConstruct[];

  /** @throws STORAGE_NAME, STORAGE_CONTENT */
  protected constructor(scope: Construct, id: string, facts: StorageFacts) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, STORAGE, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(facts, ['type', 'content', 'nodes', 'size', 'standsOn']);
    this.name = check.text(
      'the name of a storage',
      id,
      /^[a-z][a-z0-9._-]*[a-z0-9]$/,
      'lower-case letters, digits, dots, dashes and underscores',
      'local-zfs',
    );
    if (this.name === 'local' && new.target !== ProxmoxStorage)
      throw new ConfigError(
        this,
        'STORAGE_NAME',
        'every node has a storage of that name from its installation, and Proxmox VE takes no second one',
        {
          got: this.name,
          fix: "choose another name, or use that one with ProxmoxStorage.fromName(pve, 'local', …)",
          see: 'https://pve.proxmox.com/wiki/Storage',
        },
      );
    this.type = check.choice('type', facts.type, Object.keys(TYPES) as StorageType[]);
    this.content = [...check.list('content', facts.content, "'images'")].sort();
    const holds: readonly StorageContent[] = TYPES[this.type].holds;
    const wrong = this.content.find(content => !holds.includes(content));
    if (wrong)
      throw new ConfigError(this, 'STORAGE_CONTENT', `a storage of type ${this.type} holds ${holds.join(', ')}`, {
        got: wrong,
        fix: 'put that on another storage',
      });
    this.nodes =
      facts.nodes === undefined
        ? this.cluster.nodes
        : check.list('nodes', facts.nodes, 'pve.nodes[0]').map(node => this.cluster.nodeOf(node));
    if (facts.size !== undefined) this.size = check.instance('size', facts.size, Size, 'Size.gigabytes(240)');
    if (facts.standsOn !== undefined) this.standsOn = check.list('standsOn', facts.standsOn, 'nas');
    else if (!this.shared) this.standsOn = this.nodes;
    this.cluster._addStorage(this);
  }

  /** Copies that it keeps by itself of what lies on it; undefined when it keeps none. */
  public get replication(): Replication | undefined {
    return undefined;
  }

  /** What must be up before a guest lies on it, besides what it is lost with. */
  public get needs(): readonly Need[] {
    return [];
  }

  /** Whether all its nodes see the same data. */
  public get shared(): boolean {
    return TYPES[this.type].shared;
  }

  /** Whether Proxmox VE can copy what is on it from node to node on a schedule; only ZFS can. */
  public get replicable(): boolean {
    return TYPES[this.type].replicable;
  }

  public holds(content: StorageContent): boolean {
    return this.content.includes(content);
  }

  /** @throws STORAGE_NOT_ON_NODE */
  public requireOn(node: ProxmoxNode, by: Construct): void {
    if (this.nodes.includes(node)) return;
    throw new ConfigError(
      by,
      'STORAGE_NOT_ON_NODE',
      `may run on ${node.name}, which does not have storage ${this.name} [${pathOf(this)}]`,
      {
        fix: `choose one of ${this.nodes.map(n => n.name).join(', ')}, or give ${node.name} a storage of that name`,
      },
    );
  }

  /** Content for the resource. `import` came with 8.4; before, disk images lie among the ISO images. */
  protected get storedContent(): string[] {
    if (this.cluster.importsImages) return [...this.content];
    return [...new Set<string>(this.content.map(content => (content === 'import' ? 'iso' : content)))].sort();
  }

  /** Nodes for the resource; none means all, so that a new node has it at once. */
  protected get nodeNames(): string[] | undefined {
    return this.nodes === this.cluster.nodes ? undefined : this.nodes.map(node => node.name).sort();
  }
}

const STORAGE = Symbol.for('@ashlar/hci.ProxmoxStorage');

/** Refuses misspelt props before the first of them is read. @throws PROP_UNKNOWN, PROP_TYPE */
export function knownProps(scope: Construct, id: string, props: object, names: readonly string[]): void {
  new Check(`${Construct.isConstruct(scope) ? pathOf(scope) : scope}/${id}`).known(props, names);
}
