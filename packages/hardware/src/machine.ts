import {
  Bandwidth,
  Check,
  Claims,
  ConfigError,
  type Depiction,
  type IConsumer,
  type IDepicted,
  type IPlaced,
  type IProvider,
  type IVlan,
  isVlan,
  type Placement,
  pathOf,
  type Resources,
  Site,
  Size,
  vacant,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { Disk } from './disk';
import { MachineModel } from './machine-model';
import { Nic } from './nic';
import { hangOn, type PowerFeed } from './power-feed';
import { mountInRack, Rack } from './rack';
import { MACHINE_NOT_LINKED } from './rules/machine-not-linked';
import { SINGLE_SWITCH } from './rules/single-switch';
import { VLAN_NOT_TRUNKED } from './rules/vlan-not-trunked';
import type { Switch } from './switch';

/** A segment that something on a machine needs. */
export interface VlanNeed {
  readonly vlan: IVlan;
  readonly by: IConstruct;
}

export interface MachineProps {
  readonly model: MachineModel;
  /** Feeds of its power supplies; on two, it survives the loss of either. */
  readonly feeds: readonly PowerFeed[];
  /** MAC address of each network port, by the name of the port. @default - not known yet */
  readonly macs?: Readonly<Record<string, string>>;
  /** Path of each disk below `/dev/disk/by-id`, by the name of its slot. @default - not known yet */
  readonly disks?: Readonly<Record<string, string>>;
  /** Lowest rack unit, counted from 1 at the bottom. @default - in the rack, at no particular unit */
  readonly position?: number;
}

/** A physical computer. Its id is its name, a DNS label that is unique in the site. */
export class Machine extends Construct implements IPlaced, IProvider, IConsumer, IDepicted {
  public static isMachine(x: unknown): x is Machine {
    return typeof x === 'object' && x !== null && MACHINE in x;
  }

  public readonly name: string;
  public readonly model: MachineModel;
  public readonly feeds: readonly PowerFeed[];
  /** In the order of the model. */
  public readonly nics: readonly Nic[];
  /** In the order of the model. */
  public readonly disks: readonly Disk[];
  private readonly needs = new Map<IVlan, IConstruct>();

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MACHINE, { value: true });
    const check = new Check(this);
    check.known(props, ['model', 'feeds', 'macs', 'disks', 'position']);
    this.name = check.label('the name of a machine', id);
    Claims.of(this).claim(
      'machine',
      id,
      this,
      holder => new ConfigError(this, 'MACHINE_NAME', `there is already a machine ${id}, ${pathOf(holder)}`, { fix: 'choose another id' }),
    );
    this.model = check.instance('model', props.model, MachineModel, 'MachineModel.of({ … })');
    const parts = (name: string, given: Readonly<Record<string, string>> | undefined, known: object) => {
      if (given !== undefined) new Check(`${pathOf(this)}.${name}`).known(given, Object.keys(known));
      return given ?? {};
    };
    const macs = parts('macs', props.macs, this.model.nics);
    const devices = parts('disks', props.disks, this.model.disks);
    this.nics = Object.entries(this.model.nics).map(([name, speed]) => new Nic(this, name, { speed, mac: macs[name] }));
    this.disks = Object.entries(this.model.disks).map(([slot, size]) => new Disk(this, slot, { size, device: devices[slot] }));
    this.feeds = hangOn(this, props.feeds, this.model.power);
    mountInRack(this, props.position, this.model.height);
    Site.find(this)?.addRules(VLAN_NOT_TRUNKED, MACHINE_NOT_LINKED, SINGLE_SWITCH);
  }

  /** A network port by its name. @throws NIC_UNKNOWN */
  public nic(name: string): Nic {
    return this.part(this.nics, name, 'NIC_UNKNOWN', 'network port');
  }

  /** A disk by the name of its slot. @throws DISK_UNKNOWN */
  public disk(slot: string): Disk {
    return this.part(this.disks, slot, 'DISK_UNKNOWN', 'disk');
  }

  /** Says that `by`, which runs here, needs a segment: the ports of the switch must carry it. */
  public carry(vlan: IVlan, by: IConstruct): void {
    if (typeof vlan !== 'object' || vlan === null || !isVlan(vlan)) {
      throw new ConfigError(this, 'PROP_TYPE', `what ${pathOf(by)} needs must be a Vlan`, {
        got: vlan,
        fix: 'pass the Vlan itself, not its tag',
      });
    }
    if (!this.needs.has(vlan)) this.needs.set(vlan, by);
  }

  /** Segments that something here needs, each with the first that asked for it. */
  public get carried(): readonly VlanNeed[] {
    return [...this.needs].map(([vlan, by]) => ({ vlan, by }));
  }

  /** Switches that a cable leads to. */
  public get switches(): readonly Switch[] {
    return [...new Set(this.nics.flatMap(nic => nic.link?.port.switch ?? []))];
  }

  public get capacity(): Resources {
    return {
      cores: this.model.cores,
      threads: this.model.threads,
      memory: this.model.memory,
      disk: Size.sum(Object.values(this.model.disks)),
      network: Bandwidth.sum(Object.values(this.model.nics)),
    };
  }

  public get consumption(): Resources {
    return { power: this.model.power };
  }

  public get placement(): Placement {
    const rack = Rack.find(this);
    return { standsOn: [rack ? [rack] : [], this.feeds, this.switches].filter(group => group.length > 0) };
  }

  public get depiction(): Depiction {
    const { cores, threads, memory } = this.model;
    return {
      kind: 'machine',
      label: this.name,
      facts: [
        String(this.model),
        `${cores} cores, ${threads} threads`,
        `${memory} memory`,
        ...this.disks.map(disk => `${disk.node.id} ${disk.size}`),
      ],
      linkedTo: this.nics.flatMap(nic =>
        nic.link ? [{ to: nic.link.port.switch, label: `${nic.name}, port ${nic.link.port.number}, ${nic.link.speed}` }] : [],
      ),
    };
  }

  private part<T extends Construct>(parts: readonly T[], name: string, code: string, noun: string): T {
    const found = parts.find(part => part.node.id === name);
    if (found) return found;
    throw new ConfigError(this, code, `a ${this.model} has no such ${noun}`, {
      got: name,
      fix: `use one of ${parts.map(part => part.node.id).join(', ')}`,
    });
  }
}

const MACHINE = Symbol.for('@ashlar/hardware.Machine');
