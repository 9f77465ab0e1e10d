import {
  Check,
  ConfigError,
  Connections,
  hostPrefix,
  type IConnectable,
  type IGuest,
  type ILifecycle,
  type IVlan,
  type Lifecycle,
  Port,
  pathOf,
  Site,
  Version,
  vacant,
} from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import { Aspects, TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { type AdminAccess, adminAccess } from '../guest/admin-access';
import type { GuestProps, IHypervisor } from '../guest/hypervisor';
import { keepApart } from './availability/keep-apart';
import { firewallOfCluster } from './cluster-firewall';
import { CLUSTER, clusterOf } from './cluster-of';
import { CLUSTER_PROPS, type ProxmoxClusterProps } from './cluster-props';
import { providerOf } from './cluster-provider';
import { clustersOf } from './clusters-of';
import { declareSecrets } from './guests/cloud-init';
import { ImageStore } from './guests/image-store';
import { neutralGuest } from './guests/neutral-guest';
import type { ProxmoxGuest } from './guests/proxmox-guest';
import { ApplyNeeds } from './lifecycle/apply-needs';
import { clusterLifecycle } from './lifecycle/cluster-lifecycle';
import { managementAccess } from './management-access';
import { ProxmoxNode } from './proxmox-node';
import { quorum } from './quorum';
import { RULES } from './rules';
import type { BackupJob } from './storage/backup-job';
import type { ProxmoxStorage, StorageContent } from './storage/proxmox-storage';
import { chooseStorage } from './storage/storage-choice';
import { untaggedSegment } from './untagged-segment';
import { VmIds } from './vm-ids';

/**
 * A Proxmox VE cluster: the provider of its stack, its nodes, and the firewall around them, closed but for management.
 *
 * The nodes are installed and joined already; that is not done over the API.
 */
export class ProxmoxCluster extends Construct implements IConnectable, IHypervisor, ILifecycle {
  public static isProxmoxCluster(x: unknown): x is ProxmoxCluster {
    return typeof x === 'object' && x !== null && CLUSTER in x;
  }

  /** The cluster that a construct was created in. @throws PROXMOX_CLUSTER_MISSING */
  public static of(construct: IConstruct): ProxmoxCluster {
    return clusterOf(construct);
  }

  public readonly name: string;
  public readonly version: Version;
  public readonly nodes: readonly ProxmoxNode[];
  public readonly endpoint: string;
  public readonly bridge: string;
  public readonly qdevice?: IConstruct;
  /** Segment whose frames have no tag on the bridge. */
  public readonly untagged?: IVlan;
  public readonly managedFrom: readonly IConnectable[];
  public readonly admin: AdminAccess;
  public readonly resolvers?: readonly string[];
  /** Flows to the nodes themselves. */
  public readonly connections: Connections;
  /** Ids of guests and templates. */
  public readonly vmIds: VmIds;
  /** Files that nodes download in its own state. */
  public readonly images: ImageStore;
  private readonly nodeBy = new Map<unknown, ProxmoxNode>();
  private readonly ownStorages: ProxmoxStorage[] = [];
  private readonly ownGuests: ProxmoxGuest[] = [];
  private readonly ownBackupJobs: BackupJob[] = [];

  /** @throws PROXMOX_VERSION, PROXMOX_QUORUM, PROXMOX_LOCKOUT, PROXMOX_STACK */
  constructor(scope: Construct, id: string, props: ProxmoxClusterProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CLUSTER, { value: true });
    const check = new Check(this);
    check.known(props, CLUSTER_PROPS);
    this.name = check.label('the name of a cluster', id);
    ownStack(this);
    this.version = supported(this, check.instance('version', props.version, Version, "Version.of('9.1')"));
    this.nodes = check.list('nodes', props.nodes, '{ machine, host }').map(node => this.enter(new ProxmoxNode(this, node)));
    this.qdevice = quorum(this, props.qdevice);
    this.vmIds = new VmIds(this, `vm ids of ${this.name}`, props.vmIds);
    this.images = new ImageStore(this, this);
    this.bridge = check.text('bridge', props.bridge ?? 'vmbr0', /^[a-z][a-z0-9_]{1,9}$/, 'the name of a bridge', 'vmbr0');
    this.untagged = untaggedSegment(this, props.untagged);
    this.managedFrom = managementAccess(this, props.managedFrom);
    this.admin = adminAccess(this, props.adminUser, props.sshKeys);
    if (props.resolvers !== undefined) {
      this.resolvers = check
        .list('resolvers', props.resolvers, "'192.0.2.53'")
        .map(ip => check.text('resolvers', ip, /^[0-9a-f:.]*[.:][0-9a-f:.]*$/, 'IP addresses', '192.0.2.53'));
    }
    this.connections = new Connections(this, { addresses: () => this.nodes.map(node => hostPrefix(node.address)) }, Port.tcp(8006));
    this.endpoint = check.text(
      'endpoint',
      props.endpoint ?? `https://${urlHost(this.nodes[0] as ProxmoxNode)}:8006/`,
      /^https:\/\/[^\s/]+\/?$/,
      'an https URL without a path',
      'https://pve.example.net:8006/',
    );
    providerOf(this, this, props);
    for (const node of this.nodes) if (node.host) node.carry(node.host.vlan, node);
    firewallOfCluster(this);
    new ApplyNeeds(this, this, this.images);
    // An aspect is what runs last before any rendering, in a site as in a plain cdktf app.
    Aspects.of(this).add({ visit: construct => void (construct === this && this.declareSecrets()) });
    const site = Site.find(this);
    if (site) {
      clustersOf(site).push(this);
      site.addRules(...RULES);
    }
  }

  public get guests(): readonly ProxmoxGuest[] {
    return this.ownGuests;
  }

  public get lifecycle(): Lifecycle {
    return clusterLifecycle(this);
  }

  public get storages(): readonly ProxmoxStorage[] {
    return this.ownStorages;
  }

  public get backupJobs(): readonly BackupJob[] {
    return this.ownBackupJobs;
  }

  /** Whether nodes import disk images over the API alone. @see https://pve.proxmox.com/wiki/Roadmap#Proxmox_VE_8.4 */
  public get importsImages(): boolean {
    return this.version.satisfies('>=8.4');
  }

  /** Whether HA knows rules, which replaced its groups. @see https://pve.proxmox.com/wiki/Roadmap#Proxmox_VE_9.0 */
  public get hasHaRules(): boolean {
    return this.version.satisfies('>=9');
  }

  /** A node by itself, by its machine or by its name. @throws PROXMOX_NODE_UNKNOWN */
  public nodeOf(of: ProxmoxNode | Machine | string): ProxmoxNode {
    const node = this.nodeBy.get(of);
    if (node) return node;
    const what = typeof of === 'string' ? of : Construct.isConstruct(of) ? pathOf(of) : of;
    throw new ConfigError(this, 'PROXMOX_NODE_UNKNOWN', 'has no such node', {
      got: what,
      fix: `use one of ${this.nodes.map(n => n.name).join(', ')}`,
    });
  }

  /**
   * Creates a guest that is declared for any hypervisor. What Proxmox VE has besides is asked for with a `ProxmoxVm`.
   * @throws GUEST_PLACEMENT, GUEST_APART
   */
  public guest(id: string, props: GuestProps): IGuest {
    return neutralGuest(this, id, props);
  }

  /**
   * Never lets two of these guests run on one node. Guests that HA may move are kept apart by a rule of Proxmox VE 9; of
   * the others, each stays where it was put.
   * @param id name of the rule; it is kept in Proxmox VE
   * @throws KEEP_APART_SAME_NODE, KEEP_APART_NODES, KEEP_APART_VERSION
   */
  public keepApart(id: string, guests: readonly ProxmoxGuest[]): void {
    keepApart(this, id, guests);
  }

  /**
   * The storage for something: the one that was given, or the only one that holds it.
   * @throws STORAGE_MISSING, STORAGE_AMBIGUOUS, STORAGE_CONTENT
   */
  public storageFor(by: Construct, content: StorageContent, given?: ProxmoxStorage): ProxmoxStorage {
    return chooseStorage(this, by, content, given);
  }

  /** @internal Storages enter themselves. */
  public _addStorage(storage: ProxmoxStorage): void {
    this.ownStorages.push(storage);
  }

  /** @internal Guests enter themselves. */
  public _addGuest(guest: ProxmoxGuest): void {
    this.ownGuests.push(guest);
  }

  /** @internal Backup jobs enter themselves. */
  public _addBackupJob(job: BackupJob): void {
    this.ownBackupJobs.push(job);
  }

  private declareSecrets(): void {
    for (const guest of this.ownGuests) if (guest.rendersFirstBoot) declareSecrets(guest, guest.firstBoot);
  }

  private enter(node: ProxmoxNode): ProxmoxNode {
    const keys: readonly unknown[] = [node, node.name, node.address, ...(node.machine ? [node.machine] : [])];
    for (const key of keys) {
      const other = this.nodeBy.get(key);
      if (other)
        throw new ConfigError(
          node,
          'PROXMOX_NODE_TWICE',
          `has the ${key === node.address ? `address ${node.address}` : 'machine'} of ${pathOf(other)}`,
          { fix: 'name each hypervisor once' },
        );
      this.nodeBy.set(key, node);
    }
    return node;
  }
}

/** The state that it is in, which has one configuration of the provider. @throws PROXMOX_STACK */
function ownStack(cluster: ProxmoxCluster): void {
  const stack = cluster.node.scopes.find(TerraformStack.isStack);
  if (!stack)
    throw new ConfigError(cluster, 'PROXMOX_STACK', 'is in no Terraform state', { fix: 'create it with workspace.stack as scope' });
  const other = stack.node.findAll().find(c => c !== cluster && ProxmoxCluster.isProxmoxCluster(c));
  if (other) {
    throw new ConfigError(cluster, 'PROXMOX_STACK', `the state ${stack.node.id} already has a cluster, ${pathOf(other)}`, {
      fix: 'give each cluster a TerraformWorkspace of its own',
    });
  }
}

function supported(cluster: ProxmoxCluster, version: Version): Version {
  if (version.satisfies('>=8.2 <10')) return version;
  throw new ConfigError(cluster, 'PROXMOX_VERSION', 'version must be from 8.2 to 9', {
    got: String(version),
    fix: 'upgrade the nodes first',
  });
}

/** An IPv6 address stands in brackets in a URL. */
function urlHost(node: ProxmoxNode): string {
  return node.address.includes(':') ? `[${node.address}]` : node.address;
}
