import { Bandwidth, Check, ConfigError, Power, Size } from '@ashlar/core';
import type { DiskKind } from './disk';
import { type Firmware, firmwareOf } from './firmware';

/** A disk of a model. */
export interface DiskModel {
  readonly size: Size;
  /** @default - not known */
  readonly kind?: DiskKind;
}

export interface MachineModelProps {
  readonly vendor: string;
  readonly name: string;
  /** Physical cores (1–1024). */
  readonly cores: number;
  /** Hardware threads (1–4096). @default - as many as cores */
  readonly threads?: number;
  readonly memory: Size;
  /** What its processor runs. @default `amd64` */
  readonly architecture?: 'amd64' | 'arm64';
  /** Size of each disk, and what kind it is, by the name of its slot. */
  readonly disks: Readonly<Record<string, Size | DiskModel>>;
  /** Speed that each network port is capable of, by the name that the operating system gives it. */
  readonly nics: Readonly<Record<string, Bandwidth>>;
  /** Highest draw, as on the label of the power supply or measured under load. */
  readonly power: Power;
  /** Rack units it is high (1–60). @default 1 */
  readonly height?: number;
  /** How many power supplies it has, each with a cord of its own (1–8). @default - as many as it has feeds */
  readonly powerSupplies?: number;
  /** The least firmware that it needs, by component: `{ bios: '1.21.0' }`. @default - none in particular */
  readonly leastFirmware?: Firmware;
}

/** A kind of machine, as the vendor sells it. */
export class MachineModel {
  /** @throws MODEL_THREADS and the errors of {@link Check} */
  public static of(props: MachineModelProps): MachineModel {
    return new MachineModel(props);
  }

  public static is(x: unknown): x is MachineModel {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  public readonly vendor: string;
  public readonly name: string;
  public readonly cores: number;
  public readonly threads: number;
  public readonly memory: Size;
  public readonly architecture: 'amd64' | 'arm64';
  public readonly disks: Readonly<Record<string, DiskModel>>;
  public readonly nics: Readonly<Record<string, Bandwidth>>;
  public readonly power: Power;
  public readonly height: number;
  /** Undefined when nothing says so: as many as feeds. */
  public readonly powerSupplies?: number;
  /** By component. */
  public readonly leastFirmware: Firmware;

  private constructor(props: MachineModelProps) {
    Object.defineProperty(this, MARKER, { value: true });
    const where = `MachineModel ${props?.vendor} ${props?.name}`;
    const check = new Check(where);
    check.known(props, KNOWN);
    this.vendor = check.text('vendor', props.vendor, /\S/, 'a name', 'Dell');
    this.name = check.text('name', props.name, /\S/, 'a name', 'OptiPlex 7040');
    this.cores = check.integer('cores', props.cores, 1, 1024);
    this.threads = check.integer('threads', props.threads ?? props.cores, 1, 4096);
    if (this.threads < this.cores) {
      throw new ConfigError(where, 'MODEL_THREADS', `threads must be at least the ${this.cores} cores`, {
        got: this.threads,
        fix: 'leave it out when a core runs one thread',
      });
    }
    this.memory = check.instance('memory', props.memory, Size, 'Size.gibibytes(32)');
    this.architecture = check.choice('architecture', props.architecture ?? 'amd64', ['amd64', 'arm64']);
    const disks = Object.entries(check.present('disks', props.disks, '{ nvme: Size.gigabytes(512) }'));
    this.disks = Object.fromEntries(disks.map(([slot, given]) => [slot, diskModel(check, where, slot, given)]));
    this.nics = { ...check.present('nics', props.nics, '{ eno1: Bandwidth.gigabits(1) }') };
    for (const [name, speed] of Object.entries(this.nics)) check.instance(`nics.${name}`, speed, Bandwidth, 'Bandwidth.gigabits(1)');
    this.power = check.instance('power', props.power, Power, 'Power.watts(240)');
    this.height = check.integer('height', props.height ?? 1, 1, 60, 'rack units');
    if (props.powerSupplies !== undefined) this.powerSupplies = check.integer('powerSupplies', props.powerSupplies, 1, 8);
    this.leastFirmware = firmwareOf(`${where}.leastFirmware`, props.leastFirmware);
  }

  /** `Dell OptiPlex 7040` */
  public toString(): string {
    return `${this.vendor} ${this.name}`;
  }
}

const MARKER = Symbol.for('@ashlar/hardware.MachineModel');
const KNOWN = [
  'vendor',
  'name',
  'cores',
  'threads',
  'memory',
  'architecture',
  'disks',
  'nics',
  'power',
  'height',
  'powerSupplies',
  'leastFirmware',
] as const satisfies readonly (keyof MachineModelProps)[];

function diskModel(check: Check, where: string, slot: string, given: Size | DiskModel): DiskModel {
  if (Size.is(given) || typeof given !== 'object' || given === null)
    return { size: check.instance(`disks.${slot}`, given as Size, Size, 'Size.gigabytes(512)') };
  const own = new Check(`${where}.disks.${slot}`);
  own.known(given, ['size', 'kind']);
  const size = own.instance('size', given.size, Size, 'Size.gigabytes(512)');
  return given.kind === undefined ? { size } : { size, kind: own.choice<DiskKind>('kind', given.kind, ['nvme', 'ssd', 'hdd']) };
}
