import { Check, ConfigError } from '@ashlar/core';
import type { CpuSet } from './cpu-set';
import { DATABASE, HYPERVISOR, KUBERNETES_NODE, lowLatency, STORAGE } from './presets';
import { settingsOf, type TuningProps } from './tuning-props';
import { type TuningSetting, titleOf } from './tuning-setting';

/** Settings for one kind of work, each with its reason; profiles are combined with {@link with}. */
export class TuningProfile {
  /**
   * @param name a DNS label that reports and errors call it by
   * @param parts settings, grouped by the reason that they have in common
   * @throws TUNING_CONFLICT and the errors of {@link Check}
   */
  public static of(name: string, ...parts: readonly TuningProps[]): TuningProfile {
    const check = new Check('TuningProfile');
    check.label('the name of a profile', name);
    check.list('parts', parts, "{ sysctls: { 'vm.swappiness': 10 } }");
    return new TuningProfile(
      name,
      merged(
        `TuningProfile ${name}`,
        parts.flatMap(part => settingsOf(name, part)),
      ),
    );
  }

  public static is(x: unknown): x is TuningProfile {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  /** Runs virtual machines and containers. */
  public static hypervisor(): TuningProfile {
    return TuningProfile.of('hypervisor', ...HYPERVISOR);
  }

  /** Runs a database server that keeps much in memory, on a machine or as a guest. */
  public static database(): TuningProfile {
    return TuningProfile.of('database', ...DATABASE);
  }

  /** Runs pods. */
  public static kubernetesNode(): TuningProfile {
    return TuningProfile.of('kubernetes-node', ...KUBERNETES_NODE);
  }

  /** Holds disks that others use over the network. */
  public static storage(): TuningProfile {
    return TuningProfile.of('storage', ...STORAGE);
  }

  /**
   * Runs one program that must answer in microseconds, at the price of power and of the processors that it has for itself.
   * @param isolated its processors
   * @param rest those of everything else
   */
  public static lowLatency(isolated: CpuSet, rest: CpuSet): TuningProfile {
    return TuningProfile.of('low-latency', ...lowLatency(isolated, rest));
  }

  /** By kind and name. */
  private constructor(
    public readonly name: string,
    public readonly settings: readonly TuningSetting[],
  ) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Both; a value that they share may be said twice. @throws TUNING_CONFLICT where they differ */
  public with(other: TuningProfile): TuningProfile {
    new Check(`TuningProfile ${this.name}`).instance('the other profile', other, TuningProfile, 'TuningProfile.database()');
    const name = `${this.name}+${other.name}`;
    return new TuningProfile(name, merged(`TuningProfile ${name}`, [...this.settings, ...other.settings]));
  }

  /**
   * All but some settings, which another profile sets to something else.
   * @param names `vm.swappiness`, `isolcpus`, `governor`
   * @throws TUNING_UNKNOWN
   */
  public without(...names: readonly string[]): TuningProfile {
    const unknown = names.find(name => !this.settings.some(setting => setting.name === name));
    if (unknown !== undefined) {
      throw new ConfigError(`TuningProfile ${this.name}`, 'TUNING_UNKNOWN', 'sets nothing of this name', {
        got: unknown,
        fix: `name one of ${this.settings.map(setting => setting.name).join(', ')}`,
      });
    }
    return new TuningProfile(
      this.name,
      this.settings.filter(setting => !names.includes(setting.name)),
    );
  }
}

const MARKER = Symbol.for('@ashlar/hardware.TuningProfile');

function merged(at: string, settings: readonly TuningSetting[]): TuningSetting[] {
  const byTitle = new Map<string, TuningSetting>();
  for (const setting of settings) {
    const title = titleOf(setting);
    const other = byTitle.get(title);
    if (other && other.value !== setting.value) {
      const told = ({ value, profile }: TuningSetting) => `${value || 'set'} in profile ${profile}`;
      throw new ConfigError(at, 'TUNING_CONFLICT', `${title} is ${told(other)} and ${told(setting)}`, {
        fix: `take it out of one of them: profile.without('${setting.name}')`,
      });
    }
    if (!other) byTitle.set(title, setting);
  }
  return [...byTitle].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, setting]) => setting);
}
