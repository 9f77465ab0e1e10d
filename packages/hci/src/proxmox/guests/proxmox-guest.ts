import {
  type Address,
  type BackupCoverage,
  Check,
  Claims,
  ConfigError,
  Connections,
  type Depiction,
  type Duration,
  FirstBoot,
  type GuestDisk,
  hostPrefix,
  type IDepicted,
  type IGuest,
  type Placement,
  pathOf,
  type Replication,
  type Resources,
  Site,
  Size,
  vacant,
} from '@ashlar/core';
import { Host } from '@ashlar/network';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { replicationOf } from '../availability/replication-of';
import { clusterOf } from '../cluster-of';
import { literal } from '../firewall-rules';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';
import { sdnVnetOf } from '../sdn/sdn-vnet-of';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { type GuestNic, guestNics, nicRate } from './guest-nic';
import type { ProxmoxGuestProps } from './guest-props';
import { requireRoom, wholeGibibytes, wholeMebibytes } from './guest-size';
import { tagsOf } from './guest-tags';
import { homeNode } from './home-node';

/** Room that a guest takes on a storage. */
export interface GuestVolume {
  readonly storage: ProxmoxStorage;
  readonly size: Size;
}

/** A virtual machine or a container of a Proxmox VE cluster. */
export abstract class ProxmoxGuest extends Construct implements IGuest, IDepicted {
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
  /** The most that each network port sends, in MB/s. */
  public readonly nicRate?: number;
  public readonly tags: readonly string[];
  public readonly connections: Connections;
  public readonly firstBoot: FirstBoot;
  /** Disks besides the one that it boots from. */
  public abstract readonly dataDisks: readonly (GuestDisk & GuestVolume)[];
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
    this.homeNode = homeNode(this, props.node, nodes);
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
    if (props.nicRate !== undefined) this.nicRate = nicRate(this, props.nicRate);
    this.tags = tagsOf(this, props.tags ?? []);
    this.nics = guestNics(this, this.cluster.name, this.vmId, [
      this.host,
      ...(props.otherNics === undefined ? [] : check.list('otherNics', props.otherNics, "storage.host('web-storage')")),
    ]);
    this.routes = check.boolean('routes', props.routes ?? this.nics.some(nic => nic.host?.number === nic.vlan.gatewayNumber));
    this.claimNames();
    for (const node of this.nodes) for (const nic of this.nics) if (!sdnVnetOf(this.cluster, nic.vlan)) node.carry(nic.vlan, this);
    this.connections = new Connections(this, { addresses: () => this.addresses.map(({ ip }) => hostPrefix(ip)) });
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
    return { threads: this.cores, memory: this.memory, disk: Size.sum(this.volumes.map(volume => volume.size)) };
  }

  /** Everything that it has on storages. */
  public get volumes(): readonly GuestVolume[] {
    return [{ storage: this.storage, size: this.disk }, ...this.dataDisks];
  }

  /** Copies of its disks on other nodes. */
  public get replication(): Replication | undefined {
    return replicationOf(this);
  }

  /** The most that is lost of its disks when its node is; undefined when nothing has a copy. */
  public get recoveryPoint(): Duration | undefined {
    return this.replication?.recoveryPoint;
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
        ...this.dataDisks.map(disk => `${disk.size} disk ${disk.name}`),
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
    const job = this.cluster.backupJobs.find(each => each.covers(this));
    // On storage of its own, a node keeps the copies of the guests that run there.
    return job && { ...job.coverage, ...(!job.storage.shared && { standsOn: [this.homeNode] }) };
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
