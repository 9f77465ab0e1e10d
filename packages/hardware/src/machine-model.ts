import { Bandwidth, Check, ConfigError, Power, Size } from '@ashlar/core';

export interface MachineModelProps {
  readonly vendor: string;
  readonly name: string;
  /** Physical cores (1–1024). */
  readonly cores: number;
  /** Hardware threads (1–4096). @default - as many as cores */
  readonly threads?: number;
  readonly memory: Size;
  /** Size of each disk, by the name of its slot. */
  readonly disks: Readonly<Record<string, Size>>;
  /** Speed that each network port is capable of, by the name that the operating system gives it. */
  readonly nics: Readonly<Record<string, Bandwidth>>;
  /** Highest draw, as on the label of the power supply or measured under load. */
  readonly power: Power;
  /** Rack units it is high (1–60). @default 1 */
  readonly height?: number;
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
  public readonly disks: Readonly<Record<string, Size>>;
  public readonly nics: Readonly<Record<string, Bandwidth>>;
  public readonly power: Power;
  public readonly height: number;

  private constructor(props: MachineModelProps) {
    Object.defineProperty(this, MARKER, { value: true });
    const where = `MachineModel ${props?.vendor} ${props?.name}`;
    const check = new Check(where);
    check.known(props, ['vendor', 'name', 'cores', 'threads', 'memory', 'disks', 'nics', 'power', 'height']);
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
    this.disks = { ...check.present('disks', props.disks, '{ nvme: Size.gigabytes(512) }') };
    for (const [name, size] of Object.entries(this.disks)) check.instance(`disks.${name}`, size, Size, 'Size.gigabytes(512)');
    this.nics = { ...check.present('nics', props.nics, '{ eno1: Bandwidth.gigabits(1) }') };
    for (const [name, speed] of Object.entries(this.nics)) check.instance(`nics.${name}`, speed, Bandwidth, 'Bandwidth.gigabits(1)');
    this.power = check.instance('power', props.power, Power, 'Power.watts(240)');
    this.height = check.integer('height', props.height ?? 1, 1, 60, 'rack units');
  }

  /** `Dell OptiPlex 7040` */
  public toString(): string {
    return `${this.vendor} ${this.name}`;
  }
}

const MARKER = Symbol.for('@ashlar/hardware.MachineModel');
