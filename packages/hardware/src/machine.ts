import {
  Bandwidth,
  Check,
  Claims,
  ConfigError,
  type Depiction,
  type IConsumer,
  type IDepicted,
  type ILifecycle,
  type IPlaced,
  type IProvider,
  type IVlan,
  isVlan,
  type Lifecycle,
  onRender,
  type Placement,
  pathOf,
  type Resources,
  Site,
  Size,
  vacant,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { Bmc } from './bmc';
import { Bond } from './bond';
import { Disk } from './disk';
import { type Firmware, firmwareOf } from './firmware';
import { isMachine, MACHINE } from './is-machine';
import { depictMachine } from './machine-depiction';
import { machineLifecycle } from './machine-lifecycle';
import { MachineModel } from './machine-model';
import { renderMachine } from './machine-page';
import { Nic } from './nic';
import { hangOn, type PowerFeed } from './power-feed';
import { mountInRack, Rack } from './rack';
import { FIRMWARE_BELOW } from './rules/firmware-below';
import { LINK_BELOW_CAPABILITY } from './rules/link-below-capability';
import { MACHINE_NOT_LINKED } from './rules/machine-not-linked';
import { SINGLE_SWITCH } from './rules/single-switch';
import { SUPPLIES_TOGETHER } from './rules/supplies-together';
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
  /** What it runs below its operating system, by component: `{ bios: '1.21.0' }`. @default - not known yet */
  readonly firmware?: Firmware;
}

/**
 * A physical computer. Its id is its name, a DNS label that is unique in the site. What is in it, and where each of its
 * cables leads, is written to `devices/machines/<name>.md`.
 */
export class Machine extends Construct implements IPlaced, IProvider, IConsumer, IDepicted, ILifecycle {
  public static isMachine(x: unknown): x is Machine {
    return isMachine(x);
  }

  public readonly name: string;
  public readonly model: MachineModel;
  public readonly feeds: readonly PowerFeed[];
  /** In the order of the model. */
  public readonly nics: readonly Nic[];
  /** In the order of the model. */
  public readonly disks: readonly Disk[];
  /** By component. */
  public readonly firmware: Firmware;
  /** Lowest rack unit; undefined when it is at no particular one. */
  public readonly position?: number;
  private readonly needs = new Map<IVlan, Set<IConstruct>>();

  constructor(scope: Construct, id: string, props: MachineProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MACHINE, { value: true });
    const check = new Check(this);
    check.known(props, ['model', 'feeds', 'macs', 'disks', 'position', 'firmware']);
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
    this.disks = Object.entries(this.model.disks).map(([slot, disk]) => new Disk(this, slot, { ...disk, device: devices[slot] }));
    this.firmware = firmwareOf(`${pathOf(this)}.firmware`, props.firmware);
    this.feeds = hangOn(this, props.feeds, this.model.power);
    this.requireSupplies();
    mountInRack(this, props.position, this.model.height);
    this.position = props.position;
    Site.find(this)?.addRules(VLAN_NOT_TRUNKED, MACHINE_NOT_LINKED, SINGLE_SWITCH);
    Site.find(this)?.addRules(LINK_BELOW_CAPABILITY, FIRMWARE_BELOW, SUPPLIES_TOGETHER);
    onRender(this, output => output.write(this, `devices/machines/${this.name}.md`, renderMachine(this)));
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
    this.needs.set(vlan, (this.needs.get(vlan) ?? new Set()).add(by));
  }

  /** Segments that something here needs, with each that asked for them. */
  public get carried(): readonly VlanNeed[] {
    return [...this.needs].flatMap(([vlan, all]) => [...all].map(by => ({ vlan, by })));
  }

  /** What switches it on and off, if it has that. */
  public get bmc(): Bmc | undefined {
    return this.node.children.find(Bmc.isBmc);
  }

  /** Network ports that act as one, by name. */
  public get bonds(): readonly Bond[] {
    return this.node.children.filter(Bond.isBond).sort((a, b) => (a.name < b.name ? -1 : 1));
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
      disk: Size.sum(this.disks.map(disk => disk.size)),
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

  public get lifecycle(): Lifecycle {
    return machineLifecycle(this);
  }

  public get depiction(): Depiction {
    return depictMachine(this);
  }

  /** @throws FEEDS_WITHOUT_SUPPLY */
  private requireSupplies(): void {
    const { powerSupplies = this.feeds.length } = this.model;
    if (this.feeds.length <= powerSupplies) return;
    throw new ConfigError(
      this,
      'FEEDS_WITHOUT_SUPPLY',
      `hangs on ${this.feeds.length} feeds, and a ${this.model} has ${powerSupplies} power ${powerSupplies === 1 ? 'supply' : 'supplies'}`,
      {
        got: this.feeds.map(feed => pathOf(feed)),
        fix: `name ${powerSupplies === 1 ? 'one feed' : `${powerSupplies} feeds`}, or put a transfer switch between them and model it as a feed`,
      },
    );
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
