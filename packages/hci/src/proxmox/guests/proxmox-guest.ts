import {
  type Address,
  type BackupCoverage,
  Check,
  Claims,
  ConfigError,
  Connections,
  type Depiction,
  FirstBoot,
  type IBackedUp,
  type IConsumer,
  type IDepicted,
  type IInstance,
  type Placement,
  pathOf,
  type Resources,
  Site,
  Size,
  vacant,
} from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import { Host, type Vlan } from '@ashlar/network';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { literal } from '../firewall-rules';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { type GuestNic, guestNics } from './guest-nic';
import { requireRoom, wholeGibibytes, wholeMebibytes } from './guest-size';
import { tagsOf } from './guest-tags';

/** What virtual machines and containers have in common. */
export interface ProxmoxGuestProps {
  /** Its name and its address; its first network port is there. */
  readonly host: Host;
  /** More network ports: a host where it has a fixed address, a segment where it is given one. @default - none */
  readonly otherNics?: readonly (Host | Vlan)[];
  /** Node that it runs on, or is created on when HA may move it. @default - the only node, or the first that HA may use */
  readonly node?: ProxmoxNode | Machine | string;
  /** 100–999999999. @default - allocated from the range of the cluster through the ledger */
  readonly vmId?: number;
  /** Virtual processors, each a thread of the node (1–512). */
  readonly cores: number;
  /** All of it is the guest's: nothing is taken back when the node runs short. */
  readonly memory: Size;
  /** Size of its disk, in whole GiB. */
  readonly disk: Size;
  /** Where its disk lies. @default - the only storage of the cluster for such disks */
  readonly storage?: ProxmoxStorage;
  /** Whether it holds data that this program could not bring back. Such a guest is protected, and wants a backup. @default true */
  readonly stateful?: boolean;
  /** Whether Terraform and Proxmox VE refuse to destroy it. @default - when it is stateful */
  readonly protection?: boolean;
  /** Why no backup is needed although it is stateful. @default - one is */
  readonly notBackedUpBecause?: string;
  /** Whether it starts with its node. @default true */
  readonly onBoot?: boolean;
  /** Lower numbers start first, from 0. @default - last, in any order */
  readonly startOrder?: number;
  /** Where it may connect to: what flows declare and its resolvers, or anything. @default `declared` */
  readonly outbound?: 'declared' | 'any';
  /** Whether it forwards what others send, as a router does: its own firewall decides then. @default - when it has the address of the gateway of a segment */
  readonly routes?: boolean;
  /** Tags besides `ashlar` and the ids of the scopes around it: lower-case letters, digits, dashes, underscores. @default - none */
  readonly tags?: readonly string[];
}

export const GUEST_PROPS = [
  'host',
  'otherNics',
  'node',
  'vmId',
  'cores',
  'memory',
  'disk',
  'storage',
  'stateful',
  'protection',
  'notBackedUpBecause',
  'onBoot',
  'startOrder',
  'outbound',
  'routes',
  'tags',
] as const satisfies readonly (keyof ProxmoxGuestProps)[];

/** A virtual machine or a container of a Proxmox VE cluster. */
export abstract class ProxmoxGuest extends Construct implements IInstance, IConsumer, IDepicted, IBackedUp {
  public static isProxmoxGuest(x: unknown): x is ProxmoxGuest {
    return typeof x === 'object' && x !== null && GUEST in x;
  }

  public readonly cluster: ProxmoxCluster;
  public readonly kind: 'vm' | 'ct';
  public readonly vmId: number;
  public readonly host: Host;
  public readonly nics: readonly GuestNic[];
  /** Where it is created; HA may move it to another of {@link nodes}. */
  public readonly homeNode: ProxmoxNode;
  /** Nodes that it may run on, most preferred first. */
  public readonly nodes: readonly ProxmoxNode[];
  public readonly cores: number;
  public readonly memory: Size;
  public readonly disk: Size;
  public readonly storage: ProxmoxStorage;
  public readonly stateful: boolean;
  public readonly protection: boolean;
  public readonly onBoot: boolean;
  public readonly startOrder?: number;
  public readonly outbound: 'declared' | 'any';
  /** Whether it forwards what others send. */
  public readonly routes: boolean;
  public readonly tags: readonly string[];
  public readonly connections: Connections;
  public readonly firstBoot: FirstBoot;
  /** Whether what is added to {@link firstBoot} is run. */
  public abstract readonly rendersFirstBoot: boolean;
  /** @internal What puts it under HA. */
  public _managed?: ITerraformDependable;
  private readonly notBackedUpBecause?: string;

  /**
   * @param haNodesOf nodes that HA may run it on; none when the guest stays where it is
   * @throws GUEST_NAME, GUEST_NODE, GUEST_CORES, GUEST_MEMORY, GUEST_DISK, PROXMOX_VMID_TAKEN, STORAGE_NOT_ON_NODE, MAC_TAKEN
   */
  protected constructor(
    scope: Construct,
    id: string,
    kind: 'vm' | 'ct',
    props: ProxmoxGuestProps,
    known: readonly string[],
    haNodesOf?: (guest: ProxmoxGuest) => readonly ProxmoxNode[] | undefined,
  ) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, GUEST, { value: true });
    this.cluster = clusterOf(this);
    this.kind = kind;
    const check = new Check(this);
    check.known(props, known);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, `servers.host('${id}')`);
    const nodes = haNodesOf?.(this);
    this.homeNode = chooseNode(this, props.node, nodes);
    this.nodes = nodes ?? [this.homeNode];
    this.vmId = this.cluster.vmIds.claim(this, id, props.vmId);
    this.cores = check.integer('cores', props.cores, 1, 512);
    this.memory = wholeMebibytes(this, check.instance('memory', props.memory, Size, 'Size.gibibytes(2)'));
    this.disk = wholeGibibytes(this, check.instance('disk', props.disk, Size, 'Size.gibibytes(16)'));
    this.storage = this.cluster.storageFor(this, kind === 'vm' ? 'images' : 'rootdir', props.storage);
    for (const node of this.nodes) requireRoom(this, node);
    this.stateful = check.boolean('stateful', props.stateful ?? true);
    this.protection = check.boolean('protection', props.protection ?? this.stateful);
    if (props.notBackedUpBecause !== undefined)
      this.notBackedUpBecause = check.text(
        'notBackedUpBecause',
        props.notBackedUpBecause,
        /\S.{8,}\S/,
        'a reason of 10 characters or more',
        'a replica, rebuilt from its primary',
      );
    this.onBoot = check.boolean('onBoot', props.onBoot ?? true);
    if (props.startOrder !== undefined) this.startOrder = check.integer('startOrder', props.startOrder, 0, 10_000);
    this.outbound = check.choice('outbound', props.outbound ?? 'declared', ['declared', 'any']);
    this.tags = tagsOf(this, props.tags ?? []);
    this.nics = guestNics(this, this.cluster.name, this.vmId, [
      this.host,
      ...(props.otherNics === undefined ? [] : check.list('otherNics', props.otherNics, "storage.host('web-storage')")),
    ]);
    this.routes = check.boolean('routes', props.routes ?? this.nics.some(nic => nic.host?.number === nic.vlan.gatewayNumber));
    this.claimNames();
    for (const node of this.nodes) for (const nic of this.nics) node.carry(nic.vlan, this);
    this.connections = new Connections(this, { addresses: () => this.addresses.map(a => `${a.ip}/${a.family === 4 ? 32 : 128}`) });
    this.firstBoot = new FirstBoot(this);
    this.cluster._addGuest(this);
  }

  /** Short name, a DNS label. */
  public get hostName(): string {
    return this.host.name;
  }

  public get fqdn(): string {
    return this.host.fqdn;
  }

  public get addresses(): readonly Address[] {
    return this.nics.flatMap(nic => nic.host?.addresses ?? []);
  }

  public get placement(): Placement {
    return { standsOn: [this.nodes] };
  }

  public get consumption(): Resources {
    return { threads: this.cores, memory: this.memory, disk: this.disk };
  }

  public get backup(): BackupCoverage {
    if (!this.stateful) return { waived: 'it holds no data of its own' };
    return this.coverage ?? { waived: this.notBackedUpBecause ?? 'nothing backs it up' };
  }

  /** Whether somebody decided that it needs no backup, or some job makes one. */
  public get backupDecided(): boolean {
    return !this.stateful || this.notBackedUpBecause !== undefined || this.coverage !== undefined;
  }

  public get depiction(): Depiction {
    const withoutHost = this.nics.filter(nic => !nic.host).map(nic => nic.vlan.name);
    return {
      kind: 'guest',
      label: this.hostName,
      facts: [
        `${this.cores} ${this.cores === 1 ? 'core' : 'cores'}`,
        `${this.memory} memory`,
        `${this.disk} disk`,
        `${this.kind} ${this.vmId}`,
        ...(withoutHost.length > 0 ? [`also on ${withoutHost.join(', ')}`] : []),
      ],
    };
  }

  /** What people read of it in Proxmox VE. */
  public get description(): string {
    return literal(`managed by Ashlar: ${pathOf(this)}`);
  }

  /** IP addresses of its resolvers. */
  public get resolvers(): readonly string[] {
    const [first] = this.nics;
    return this.cluster.resolvers ?? (first?.vlan.gateways ?? []).filter(ip => !this.addresses.some(a => a.ip === ip));
  }

  private get coverage(): BackupCoverage | undefined {
    return this.cluster.backupJobs.find(job => job.covers(this))?.coverage;
  }

  private claimNames(): void {
    const claims = Claims.of(Site.find(this) ?? this);
    claims.claim(`guest of ${pathOf(this.cluster)}`, this.hostName, this, holder => {
      return new ConfigError(this, 'GUEST_NAME', `the host ${this.host.fqdn} is already that of ${pathOf(holder)}`, {
        fix: 'give each guest a host of its own',
      });
    });
    for (const nic of this.nics) {
      claims.claim(
        'mac',
        nic.mac,
        this,
        holder =>
          new ConfigError(this, 'MAC_TAKEN', `MAC address ${nic.mac} of net${nic.index} is already that of ${pathOf(holder)}`, {
            fix: 'choose another vmId',
          }),
      );
    }
  }
}

const GUEST = Symbol.for('@ashlar/hci.ProxmoxGuest');

function chooseNode(guest: ProxmoxGuest, given: ProxmoxGuestProps['node'], nodes: readonly ProxmoxNode[] | undefined): ProxmoxNode {
  const { cluster } = guest;
  const node = given === undefined ? undefined : cluster.nodeOf(given);
  if (nodes === undefined) {
    if (node) return node;
    const [only, ...more] = cluster.nodes;
    if (only && more.length === 0) return only;
    throw new ConfigError(guest, 'GUEST_NODE', `has no node, and ${pathOf(cluster)} has ${cluster.nodes.length}`, {
      fix: `write node: '${only?.name}'`,
    });
  }
  if (node && !nodes.includes(node)) {
    throw new ConfigError(guest, 'GUEST_NODE', `is created on ${node.name}, where HA may not run it`, {
      fix: `choose one of ${nodes.map(n => n.name).join(', ')}, or add it to the nodes of highAvailability`,
    });
  }
  return node ?? (nodes[0] as ProxmoxNode);
}
