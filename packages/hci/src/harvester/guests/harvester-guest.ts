import {
  type Address,
  type BackupCoverage,
  Check,
  Claims,
  ConfigError,
  Connections,
  type Depiction,
  Duration,
  FirstBoot,
  type GuestDisk,
  hostPrefix,
  type IDepicted,
  type IGuest,
  type ILifecycle,
  type IReplicated,
  type Lifecycle,
  type Placement,
  pathOf,
  type Replication,
  type Resources,
  Size,
  vacant,
} from '@ashlar/core';
import { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import { type GuestProps, installSoftware, knownGuestProps } from '../../guest/hypervisor';
import type { CloudImage } from '../../guest/image';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';
import { isHarvesterCluster } from '../is-harvester-cluster';
import { guestLifecycle } from '../lifecycle/guest-lifecycle';
import { requireImage } from '../storage/harvester-image';
import { apartFrom, guestNodes } from './guest-machines';
import { requireSize } from './guest-room';
import { type HarvesterNic, harvesterNics } from './harvester-nic';
import { volumesOf } from './volume-claims';

/**
 * A virtual machine on Harvester: its object, its volumes, its first boot, and its place in the model.
 *
 * Harvester filters none of its traffic. The gateway filters what goes from segment to segment; inside a segment, everybody
 * reaches every port of it, so that flows there are intentions that only its own firewall can keep.
 */
export class HarvesterGuest extends Construct implements IGuest, IReplicated, IDepicted, ILifecycle {
  public static isHarvesterGuest(x: unknown): x is HarvesterGuest {
    return typeof x === 'object' && x !== null && GUEST in x;
  }

  public readonly cluster: HarvesterCluster;
  public readonly host: Host;
  public readonly nics: readonly HarvesterNic[];
  public readonly image: CloudImage;
  public readonly cores: number;
  public readonly memory: Size;
  public readonly disk: Size;
  public readonly dataDisks: readonly GuestDisk[];
  /** Nodes that it may run on, most preferred first. */
  public readonly nodes: readonly HarvesterNode[];
  /** Whether it must start elsewhere when its node is lost, and nobody may drain that node before it has moved. */
  public readonly highAvailability: boolean;
  /** Guests that it never shares a node with. */
  public readonly apart: readonly HarvesterGuest[];
  public readonly stateful: boolean;
  public readonly connections: Connections;
  public readonly firstBoot: FirstBoot;
  /** Whether somebody said which machines it may run on. */
  private readonly chosen: boolean;
  private readonly notBackedUpBecause?: string;

  /** @throws GUEST_NAME, GUEST_NIC, MAC_TAKEN, HARVESTER_IMAGE, HARVESTER_CORES, HARVESTER_MEMORY, HARVESTER_VOLUME, HARVESTER_NODE, HARVESTER_HA, HARVESTER_APART */
  constructor(cluster: HarvesterCluster, id: string, props: GuestProps) {
    if (!isHarvesterCluster(cluster)) {
      throw new ConfigError(String(id), 'PROP_TYPE', 'scope must be a HarvesterCluster', {
        got: cluster,
        fix: `write cluster.guest('${id}', …)`,
      });
    }
    knownGuestProps(cluster, id, props);
    super(vacant(cluster, id), id);
    Object.defineProperty(this, GUEST, { value: true });
    this.cluster = cluster;
    const check = new Check(this);
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, `servers.host('${id}')`);
    this.image = requireImage(this, props.image);
    this.cores = check.integer('cores', props.cores, 1, 254);
    this.memory = check.instance('memory', props.memory, Size, 'Size.gibibytes(2)');
    this.disk = check.instance('disk', props.disk, Size, 'Size.gibibytes(16)');
    this.dataDisks = Object.entries(props.dataDisks ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, size]) => dataDisk(check, name, size));
    this.nodes = guestNodes(this, props);
    this.chosen = props.placement?.machines !== undefined;
    requireSize(this);
    this.highAvailability = check.boolean('highAvailability', props.placement?.highAvailability ?? false);
    this.apart = apartFrom(this, props.placement?.apartFrom, HarvesterGuest.isHarvesterGuest);
    this.stateful = check.boolean('stateful', props.stateful ?? true);
    if (props.notBackedUpBecause !== undefined) {
      this.notBackedUpBecause = check.text(
        'notBackedUpBecause',
        props.notBackedUpBecause,
        /\S.{8,}\S/,
        'a reason of 10 characters or more',
        'a replica, rebuilt from its primary',
      );
    }
    this.nics = harvesterNics(this, `${cluster.name}/${this.host.name}`, [
      this.host,
      ...(props.otherNics === undefined ? [] : check.list('otherNics', props.otherNics, "storage.host('web-storage')")),
    ]);
    this.claimNames();
    this.connections = new Connections(this, { addresses: () => this.addresses.map(({ ip }) => hostPrefix(ip)) });
    this.firstBoot = new FirstBoot(this);
    cluster._addGuest(this);
    installSoftware(this, props.software ?? []);
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

  /** IP addresses of its resolvers: those of the cluster, or else the gateway of its segment. */
  public get resolvers(): readonly string[] {
    return this.cluster.givenResolvers ?? this.host.vlan.gateways.filter(ip => !this.addresses.some(a => a.ip === ip));
  }

  public get lifecycle(): Lifecycle {
    return guestLifecycle(this);
  }

  /** Copies of each of its volumes. */
  public get replicas(): number {
    return this.cluster.storage.replicas;
  }

  /** Says of each machine that it may run on, as soon as the networks are known, that the switch must carry its segments. */
  public carrySegments(): void {
    for (const { vlan } of this.nics) {
      const network = this.cluster.networkOf(vlan);
      for (const node of this.nodes) if (network?.nodes.includes(node) ?? true) node.machine.carry(vlan, this);
    }
  }

  /** All its volumes, each once. */
  public get volumes(): Size {
    return Size.sum([this.disk, ...this.dataDisks.map(disk => disk.size)]);
  }

  /** Where nobody chose a machine, Kubernetes does; until then, guests count as spread by their number in the segment. */
  public get placement(): Placement {
    return { standsOn: [[this.home, ...this.nodes.filter(node => node !== this.home)]] };
  }

  public get consumption(): Resources {
    return { threads: this.cores, memory: this.memory, disk: this.volumes };
  }

  /** Longhorn writes to every replica before it says that something is written. It chooses their nodes, unless there is one for each. */
  public get replication(): Replication | undefined {
    if (this.replicas < 2) return undefined;
    const { workers } = this.cluster;
    const recoveryPoint = Duration.seconds(0);
    if (this.replicas < workers.length) return { to: [`${this.replicas} of ${workers.map(node => node.name).join(', ')}`], recoveryPoint };
    return { to: workers.map(node => node.name), recoveryPoint, on: workers.filter(node => node !== this.home) };
  }

  public get backup(): BackupCoverage {
    if (!this.stateful) return { waived: 'it holds no data of its own' };
    const job = this.cluster.backupJob;
    if (job?.covers(this)) return job.coverage;
    return { waived: this.notBackedUpBecause ?? 'nothing backs it up' };
  }

  /** Whether somebody decided that it needs no backup, or a job makes one. */
  public get backupDecided(): boolean {
    return !this.stateful || this.backupWaived || this.cluster.backupJob !== undefined;
  }

  /** Whether somebody said why it needs no backup. */
  public get backupWaived(): boolean {
    return this.notBackedUpBecause !== undefined;
  }

  public get depiction(): Depiction {
    return {
      kind: 'guest',
      label: this.hostName,
      facts: [
        `${this.cores} ${this.cores === 1 ? 'core' : 'cores'}`,
        `${this.memory} memory`,
        `${this.volumes} disk`,
        ...(this.highAvailability ? ['highly available'] : []),
      ],
    };
  }

  private get home(): HarvesterNode {
    return this.nodes[this.chosen ? 0 : this.host.number % this.nodes.length] as HarvesterNode;
  }

  private claimNames(): void {
    const claims = Claims.of(this);
    claims.claim(`guest of ${pathOf(this.cluster)}`, this.hostName, this, holder => {
      return new ConfigError(this, 'GUEST_NAME', `the host ${this.host.fqdn} is already that of ${pathOf(holder)}`, {
        fix: 'give each guest a host of its own',
      });
    });
    for (const { claim } of volumesOf(this)) {
      claims.claim(`volume of ${pathOf(this.cluster)}`, claim, this, holder => {
        return new ConfigError(this, 'GUEST_NAME', `its volume ${claim} is already one of ${pathOf(holder)}`, {
          fix: 'choose another name for the host, or for the data disk',
        });
      });
    }
    for (const nic of this.nics) {
      claims.claim('mac', nic.mac, this, holder => {
        return new ConfigError(this, 'MAC_TAKEN', `MAC address ${nic.mac} of ${nic.name} is already that of ${pathOf(holder)}`, {
          fix: 'give the host another MAC address',
        });
      });
    }
  }
}

const GUEST = Symbol.for('@ashlar/hci.HarvesterGuest');

/** KubeVirt hands the name on as the serial number of the disk, of which a virtio disk has 20 characters. @throws PROP_FORMAT */
function dataDisk(check: Check, name: string, size: Size): GuestDisk {
  check.text('dataDisks', name, /^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/, 'named by up to 20 lower-case letters, digits and dashes', 'data');
  return { name, size: check.instance(`dataDisks.${name}`, size, Size, 'Size.gibibytes(100)'), device: `/dev/disk/by-id/virtio-${name}` };
}
