import {
  Check,
  ConfigError,
  Connections,
  type Depiction,
  type IConnectable,
  type IDepicted,
  type ILifecycle,
  type Lifecycle,
  onRender,
  Port,
  pathOf,
  Secret,
  Site,
  Version,
  vacant,
} from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { Host, type Vlan } from '@ashlar/network';
import { Construct, type IConstruct } from 'constructs';
import { type AdminAccess, adminAccess } from '../guest/admin-access';
import type { GuestProps, IHypervisor } from '../guest/hypervisor';
import { API_GROUPS } from './api-groups';
import { HarvesterGuest } from './guests/harvester-guest';
import { HarvesterNode, type HarvesterNodeProps } from './harvester-node';
import { HarvesterInstall, type HarvesterInstallProps } from './install/harvester-install';
import { renderInstallConfig } from './install/install-config';
import { renderIpxe } from './install/ipxe-script';
import { CLUSTER, isHarvesterCluster } from './is-harvester-cluster';
import { clusterLifecycle, kubernetesLifecycle } from './lifecycle/cluster-lifecycle';
import { Manifests } from './manifests';
import type { HarvesterClusterNetwork } from './networks/harvester-cluster-network';
import { votersOf } from './node-roles';
import { RULES } from './rules';
import { type SecretStore, secretStore } from './secret-store';
import type { HarvesterBackupJob } from './storage/harvester-backup-job';
import type { HarvesterBackupTarget } from './storage/harvester-backup-target';
import { HarvesterStorage, type HarvesterStorageProps } from './storage/harvester-storage';
import { kubernetesOf } from './supported-version';
import { requireVip } from './vip';

export interface HarvesterClusterProps {
  /** Version of Harvester: 1.6 or 1.7. */
  readonly version: Version;
  /** Machines in order of their installation; the first creates the cluster, the others join it. */
  readonly nodes: readonly HarvesterNodeProps[];
  /** Address of the cluster, on the segment of the nodes. One with a MAC address gets it by DHCP. */
  readonly vip: Host;
  /** What a node shows to join. */
  readonly token: Secret;
  /** Public SSH keys for the user `rancher` of the nodes and for the account for people in each guest, as in `authorized_keys`. */
  readonly sshKeys: readonly string[];
  /** How the nodes are installed. */
  readonly install: HarvesterInstallProps;
  /** IP addresses of the resolvers of nodes and guests. @default - the gateway of their segment */
  readonly resolvers?: readonly string[];
  /** How volumes of guests are kept. @default - as many replicas as there are nodes for them, three at most */
  readonly storage?: HarvesterStorageProps;
  /** Store of External Secrets in the cluster, through which secrets of first boots come. @default - none: a first boot has no secret */
  readonly secretStore?: SecretStore;
  /** Account for people in each guest. @default `admin` */
  readonly adminUser?: string;
}

/**
 * A Harvester cluster: how its nodes are installed (`devices/harvester/<cluster>/<node>.yaml` and `.ipxe`), and the objects in it.
 *
 * Harvester filters nothing between guests of one segment, nor between guests and the segment; flows between segments are
 * let through by the gateway that joins them.
 */
export class HarvesterCluster extends Construct implements IHypervisor, IConnectable, IDepicted, ILifecycle {
  public static isHarvesterCluster(x: unknown): x is HarvesterCluster {
    return isHarvesterCluster(x);
  }

  public readonly name: string;
  public readonly version: Version;
  /** In order of their installation. */
  public readonly nodes: readonly HarvesterNode[];
  /** Nodes with a vote in etcd. */
  public readonly voters: readonly HarvesterNode[];
  public readonly vip: Host;
  public readonly token: Secret;
  public readonly admin: AdminAccess;
  public readonly install: HarvesterInstall;
  /** IP addresses of the resolvers, when they are no gateways. */
  public readonly givenResolvers?: readonly string[];
  public readonly storage: HarvesterStorage;
  public readonly secretStore?: Required<SecretStore>;
  /** The cluster that Harvester is made of. */
  public readonly kubernetes: KubernetesCluster;
  /** Flows to the management address. */
  public readonly connections: Connections;
  private readonly ownGuests: HarvesterGuest[] = [];
  private readonly ownNetworks: HarvesterClusterNetwork[] = [];
  private target?: HarvesterBackupTarget;
  private job?: HarvesterBackupJob;

  /** @throws HARVESTER_VERSION, HARVESTER_QUORUM, HARVESTER_WITNESS, HARVESTER_NODE, HARVESTER_VIP, HARVESTER_IPV4 */
  constructor(scope: Construct, id: string, props: HarvesterClusterProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, CLUSTER, { value: true });
    const check = new Check(this);
    check.known(props, PROPS);
    this.name = check.label('the name of a cluster', id);
    this.version = check.instance('version', props.version, Version, "Version.of('1.7.1')");
    const kubernetes = kubernetesOf(this, this.version);
    this.token = check.instance('token', props.token, Secret, "Secret.fromOpenBao('kv/harvester', 'token')");
    this.install = new HarvesterInstall(this, props.install);
    this.nodes = check.list('nodes', props.nodes, '{ machine, host }').map(node => new HarvesterNode(this, node, this.install.skipChecks));
    this.voters = votersOf(this);
    this.vip = requireVip(this, check.instance('vip', props.vip, { name: 'Host', is: Host.isHost }, `management.host('${id}', 9)`));
    this.admin = adminAccess(this, props.adminUser, check.list('sshKeys', props.sshKeys, "'ssh-ed25519 AAAA…'"));
    if (props.resolvers !== undefined) this.givenResolvers = addresses(check, props.resolvers);
    this.storage = new HarvesterStorage(this, props.storage ?? {});
    if (props.secretStore !== undefined) this.secretStore = secretStore(this, props.secretStore);
    this.kubernetes = new KubernetesCluster(this, id, {
      version: kubernetes,
      lifecycle: () => kubernetesLifecycle(this),
      nodeAddresses: () => this.nodes.map(node => `${node.host.ip}/32`),
      definesGroups: [...API_GROUPS, ...(this.secretStore ? ['external-secrets.io'] : [])],
    });
    this.connections = new Connections(this, { addresses: () => [`${this.vip.ip}/32`] }, Port.tcp(443));
    const site = Site.of(this);
    site.addRules(...RULES);
    const manifests = new Manifests(this);
    site.onPrepare(() => {
      for (const guest of this.ownGuests) guest.carrySegments();
      manifests.complete();
    });
    onRender(this, output => {
      for (const node of this.nodes) {
        const stem = `devices/harvester/${this.name}/${node.name}`;
        output.write(this, `${stem}.yaml`, renderInstallConfig(this, node));
        output.write(this, `${stem}.ipxe`, renderIpxe(this, node));
      }
    });
  }

  /** Creates a guest. What it does at its first boot is added to its `firstBoot`. */
  public guest(id: string, props: GuestProps): HarvesterGuest {
    return new HarvesterGuest(this, id, props);
  }

  public get guests(): readonly HarvesterGuest[] {
    return this.ownGuests;
  }

  /** Cluster networks besides `mgmt`. */
  public get networks(): readonly HarvesterClusterNetwork[] {
    return this.ownNetworks;
  }

  public get backupTarget(): HarvesterBackupTarget | undefined {
    return this.target;
  }

  public get backupJob(): HarvesterBackupJob | undefined {
    return this.job;
  }

  /** Nodes that run guests and hold their volumes. */
  public get workers(): readonly HarvesterNode[] {
    return this.nodes.filter(node => node.runsGuests);
  }

  /** The network that frames of a segment take: the one that names it, or else that of the nodes themselves. */
  public networkOf(vlan: Vlan): HarvesterClusterNetwork | undefined {
    return this.ownNetworks.find(network => network.vlans.includes(vlan));
  }

  /** The node on a machine, for `by`. @throws HARVESTER_NODE */
  public nodeOn(machine: Machine, by: IConstruct): HarvesterNode {
    const node = this.nodes.find(own => own.machine === machine);
    if (node) return node;
    throw new ConfigError(by, 'HARVESTER_NODE', `${pathOf(this)} has no node on such a machine`, {
      got: Construct.isConstruct(machine) ? pathOf(machine) : machine,
      fix: `use one of ${this.nodes.map(own => own.machine.name).join(', ')}`,
    });
  }

  /**
   * Settings that differ from Harvester's own, by name. Memory and disks are not promised twice: what the model proves to fit
   * does so under any load.
   */
  public systemSettings(): Readonly<Record<string, string>> {
    const { ntpServers } = this.install;
    return {
      'ntp-servers': JSON.stringify({ ntpServers }),
      'overcommit-config': JSON.stringify({ cpu: 1600, memory: 100, storage: 100 }),
    };
  }

  public get lifecycle(): Lifecycle {
    return clusterLifecycle(this);
  }

  public get depiction(): Depiction {
    return {
      kind: 'service',
      label: `Harvester ${this.name}`,
      facts: [
        `version ${this.version}`,
        `${this.nodes.length} nodes`,
        `${this.guests.length} guests`,
        `${this.storage.replicas} replicas of each volume`,
      ],
    };
  }

  /** @internal Guests enter themselves. */
  public _addGuest(guest: HarvesterGuest): void {
    this.ownGuests.push(guest);
  }

  /** @internal Networks enter themselves. */
  public _addNetwork(network: HarvesterClusterNetwork): void {
    this.ownNetworks.push(network);
  }

  /** @internal */
  public _setBackupTarget(target: HarvesterBackupTarget): void {
    this.target = target;
  }

  /** @internal */
  public _setBackupJob(job: HarvesterBackupJob): void {
    this.job = job;
  }
}

const PROPS: readonly (keyof HarvesterClusterProps)[] = [
  'version',
  'nodes',
  'vip',
  'token',
  'sshKeys',
  'install',
  'resolvers',
  'storage',
  'secretStore',
  'adminUser',
];

function addresses(check: Check, given: readonly string[]): readonly string[] {
  return check
    .list('resolvers', given, "'192.0.2.53'")
    .map(ip => check.text('resolvers', ip, /^\d{1,3}(\.\d{1,3}){3}$/, 'IPv4 addresses', '192.0.2.53'));
}
