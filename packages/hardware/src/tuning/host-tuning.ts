import {
  Check,
  Claims,
  ConfigError,
  type IInstance,
  type ILifecycle,
  type Lifecycle,
  onRender,
  pathOf,
  Site,
  vacant,
  warn,
} from '@ashlar/core';
import { Construct } from 'constructs';
import type { Machine } from '../machine';
import { CONTRADICTIONS } from './contradictions';
import { checkHost } from './host-check';
import { isHostTuning, TUNING } from './is-host-tuning';
import { JUMBO_NOT_LINKED } from './rules/jumbo-not-linked';
import { MTU_MIXED } from './rules/mtu-mixed';
import { SWAP_TWO_WAYS } from './rules/swap-two-ways';
import { TUNING_MEMORY_TAKEN } from './rules/tuning-memory-taken';
import { type TunedHost, type TunedSystem, tunedHost } from './tuned-host';
import { tuneAtFirstBoot } from './tuning-first-boot';
import { tuningLifecycle } from './tuning-lifecycle';
import { TuningProfile } from './tuning-profile';
import { TuningSettings } from './tuning-settings';
import { writeTuning } from './written-tuning';

export interface HostTuningProps {
  readonly profile: TuningProfile;
  /** @default 'debian' */
  readonly system?: TunedSystem;
}

/** How some hosts are tuned: files and a playbook, first boot, Talos patches or Tinkerbell actions, all of one profile. */
export class HostTuning extends Construct implements ILifecycle {
  public static isHostTuning(x: unknown): x is HostTuning {
    return isHostTuning(x);
  }

  public readonly system: TunedSystem;
  public readonly profile: TuningProfile;
  public readonly settings: TuningSettings;
  private readonly tuned = new Map<string, TunedHost>();

  /** @throws TUNING_… when the profile contradicts itself */
  constructor(scope: Construct, id: string, props: HostTuningProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, TUNING, { value: true });
    const check = new Check(this);
    check.known(props, ['profile', 'system']);
    check.label('the name of a tuning', id);
    this.profile = check.instance('profile', props.profile, TuningProfile, 'TuningProfile.database()');
    this.system = check.choice('system', props.system ?? 'debian', ['debian', 'talos']);
    this.settings = new TuningSettings(this.profile.settings);
    Claims.of(this).claim(
      'tuning',
      id,
      this,
      holder => new ConfigError(this, 'TUNING_NAME', `there is already a tuning ${id}, ${pathOf(holder)}`, { fix: 'choose another id' }),
    );
    for (const { code, find, fix, see } of CONTRADICTIONS) {
      const problem = find(this.settings);
      if (problem !== undefined) throw new ConfigError(this, code, problem, { fix, see });
    }
    if (this.settings.argument('mitigations') === 'off') {
      warn(
        this,
        'TUNING_MITIGATIONS',
        'mitigations=off lets any program here read the memory of others',
        "write mitigations: 'auto', or acknowledge it with who may run programs here",
      );
    }
    Site.of(this).addRules(JUMBO_NOT_LINKED, MTU_MIXED, SWAP_TWO_WAYS, TUNING_MEMORY_TAKEN);
    onRender(this, output => writeTuning(this, output));
  }

  /** Sorted by name. */
  public get hosts(): readonly TunedHost[] {
    return [...this.tuned.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  public get lifecycle(): Lifecycle {
    return tuningLifecycle(this);
  }

  /**
   * Tunes a machine, or an instance, whose first boot then does it.
   * @throws TUNING_HOST when another tuning has it, TUNING_HOST_NAME when its files would be those of another host, TUNING_… when the host cannot be tuned so
   */
  public applyTo(host: Machine | IInstance): void {
    const tuned = tunedHost(this, host);
    if (this.tuned.get(tuned.name)?.construct === host) return;
    const claims = Claims.of(this);
    claims.claim(
      'tuning of',
      pathOf(host),
      this,
      holder =>
        new ConfigError(this, 'TUNING_HOST', `${pathOf(host)} is already tuned by ${pathOf(holder)}`, {
          fix: 'combine the profiles: profile.with(other)',
        }),
    );
    claims.claim(
      'tuned host',
      tuned.name,
      host,
      holder =>
        new ConfigError(this, 'TUNING_HOST_NAME', `${pathOf(host)} has the name of ${pathOf(holder)}, which is tuned too`, {
          fix: 'give one of them another id',
        }),
    );
    checkHost(this, this.settings, tuned);
    this.tuned.set(tuned.name, tuned);
    if (tuned.instance && this.system === 'debian') tuneAtFirstBoot(tuned.instance.firstBoot, this.settings, tuned);
  }
}
