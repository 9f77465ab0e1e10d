import {
  type Address,
  Check,
  ConfigError,
  type IAddressed,
  type ILifecycle,
  type IPlaced,
  type IProvider,
  type Lifecycle,
  type Placement,
  pathOf,
  type Resources,
  Size,
  vacant,
} from '@ashlar/core';
import { type Disk, Machine, Nic, Rack } from '@ashlar/hardware';
import { Host } from '@ashlar/network';
import { Construct } from 'constructs';
import type { HarvesterCluster } from './harvester-cluster';
import { nodeLifecycle } from './lifecycle/node-lifecycle';
import { requireDisks, requireFitness } from './machine-fitness';

/** What a node may become. @see https://docs.harvesterhci.io/v1.7/host/#role-management */
export type HarvesterRole = 'default' | 'management' | 'worker' | 'witness';

export interface HarvesterNodeProps {
  readonly machine: Machine;
  /** Its name and its address on the management segment. One with a MAC address gets it by DHCP. */
  readonly host: Host;
  /** Network ports of the management network, which are bonded. @default - the first of the machine that has a cable */
  readonly nics?: readonly Nic[];
  /** Disk that Harvester is installed on. @default - the first of the machine */
  readonly installDisk?: Disk;
  /** Disk that volumes of guests lie on. @default - the one that it is installed on */
  readonly dataDisk?: Disk;
  /** @default `default` */
  readonly role?: HarvesterRole;
}

/** One machine of a Harvester cluster. */
export class HarvesterNode extends Construct implements IPlaced, IProvider, IAddressed, ILifecycle {
  public static isHarvesterNode(x: unknown): x is HarvesterNode {
    return typeof x === 'object' && x !== null && NODE in x;
  }

  public readonly name: string;
  public readonly machine: Machine;
  public readonly host: Host;
  /** Ports of the management network. */
  public readonly nics: readonly Nic[];
  public readonly installDisk: Disk;
  public readonly dataDisk: Disk;
  public readonly role: HarvesterRole;

  /**
   * @param skipChecks whether the installer accepts a machine that is too small for production
   * @throws HARVESTER_NODE_MAC, HARVESTER_NIC, HARVESTER_DISK, HARVESTER_MACHINE and those of {@link Check}
   */
  constructor(cluster: Construct, props: HarvesterNodeProps, skipChecks: boolean) {
    const id = nodeId(cluster, props);
    super(vacant(cluster, id), id);
    Object.defineProperty(this, NODE, { value: true });
    const check = new Check(this);
    check.known(props, ['machine', 'host', 'nics', 'installDisk', 'dataDisk', 'role']);
    this.machine = props.machine;
    this.host = check.instance('host', props.host, { name: 'Host', is: Host.isHost }, `management.host('${id}', 11)`);
    this.name = this.host.name;
    this.role = check.choice('role', props.role ?? 'default', ['default', 'management', 'worker', 'witness']);
    this.nics = this.ownNics(check, props.nics);
    this.installDisk = this.ownDisk('installDisk', props.installDisk ?? this.machine.disks[0]);
    this.dataDisk = this.ownDisk('dataDisk', props.dataDisk ?? this.installDisk);
    requireDisks(this, skipChecks);
    requireFitness(this, skipChecks);
    this.machine.carry(this.host.vlan, this);
  }

  /** Whether it runs guests and holds their volumes; a witness has its vote only. */
  public get runsGuests(): boolean {
    return this.role !== 'witness';
  }

  /** Whether something gives it its address by the MAC address of the first port. */
  public get dhcp(): boolean {
    return this.host.mac !== undefined;
  }

  /** The rack that it stands in. */
  public get rack(): Rack | undefined {
    return Rack.find(this.machine);
  }

  public get addresses(): readonly Address[] {
    return this.host.addresses;
  }

  public get lifecycle(): Lifecycle {
    return nodeLifecycle(this.node.scope as HarvesterCluster, this);
  }

  public get placement(): Placement {
    return { standsOn: [[this.machine]] };
  }

  /** What guests can have. A node keeps {@link HarvesterNode.RESERVED} for itself, and Longhorn a quarter of each disk free. */
  public get capacity(): Resources {
    const { cores, threads, network } = this.machine.capacity;
    if (!this.runsGuests) return {};
    const memory = Math.max(0, this.machine.model.memory.toBytes() - HarvesterNode.RESERVED.toBytes());
    return { cores, threads, network, memory: Size.bytes(memory), disk: this.volumes };
  }

  /** Room for volumes: what Longhorn schedules to, without the partitions of the system. */
  private get volumes(): Size {
    const system = this.dataDisk === this.installDisk ? SYSTEM.toBytes() : 0;
    return Size.bytes(Math.floor(Math.max(0, this.dataDisk.size.toBytes() - system) * SCHEDULABLE));
  }

  private ownNics(check: Check, given: readonly Nic[] | undefined): readonly Nic[] {
    const linked = this.machine.nics.find(nic => nic.link) ?? this.machine.nics[0];
    const nics = given === undefined && linked ? [linked] : check.list('nics', given as readonly Nic[], "machine.nic('eno1')");
    for (const nic of nics) {
      check.instance('nics', nic, { name: 'Nic', is: Nic.isNic }, "[machine.nic('eno1')]");
      if (nic.machine === this.machine) continue;
      throw new ConfigError(
        this,
        'HARVESTER_NIC',
        `${pathOf(nic)} is a port of ${pathOf(nic.machine)}, and the node runs on ${pathOf(this.machine)}`,
        {
          fix: `use one of ${this.machine.nics.map(own => own.name).join(', ')} of its own machine`,
        },
      );
    }
    const twice = nics.find((nic, i) => nics.indexOf(nic) < i);
    if (twice) throw new ConfigError(this, 'HARVESTER_NIC', `nics names ${twice.name} twice`, { fix: 'name each port once' });
    const [first] = nics;
    if (this.host.mac !== undefined && first?.mac !== this.host.mac) {
      throw new ConfigError(
        this,
        'HARVESTER_NODE_MAC',
        `${pathOf(this.host)} gets its address by DHCP as ${this.host.mac}, and its first port ${first?.name} has ${first?.mac ?? 'no MAC address in the model'}`,
        { fix: `give the host the MAC address of ${first?.name}, or none for a static address` },
      );
    }
    return nics;
  }

  private ownDisk(prop: string, disk: Disk | undefined): Disk {
    if (Construct.isConstruct(disk) && disk.node.scope === this.machine && this.machine.disks.includes(disk)) return disk;
    throw new ConfigError(this, 'HARVESTER_DISK', `${prop} must be a disk of ${pathOf(this.machine)}`, {
      got: disk === undefined ? disk : Construct.isConstruct(disk) ? pathOf(disk) : disk,
      fix: `write ${prop}: machine.disk('${this.machine.disks[0]?.node.id ?? 'nvme'}')`,
    });
  }

  /** Memory that Kubernetes, Harvester and Longhorn take on each node. @see https://docs.harvesterhci.io/v1.7/install/requirements */
  public static readonly RESERVED = Size.gibibytes(8);
}

const NODE = Symbol.for('@ashlar/hci.HarvesterNode');

/** Partitions of the system beside that for volumes: 150 GiB persistent, 23 GiB for two systems and boot. */
const SYSTEM = Size.gibibytes(175);
/** Longhorn's `storage-minimal-available-percentage` is 25. @see https://longhorn.io/docs/1.10.1/references/settings/ */
const SCHEDULABLE = 0.75;

function nodeId(cluster: Construct, props: HarvesterNodeProps): string {
  const check = new Check(cluster);
  const machine = check.instance('machine', props?.machine, { name: 'Machine', is: Machine.isMachine }, 'machine');
  return machine.name;
}
