import { CpuSet } from './cpu-set';
import { hugePagesOf } from './huge-pages';
import type { SettingKind, TuningSetting } from './tuning-setting';

/** The settings of a host, to be asked for. */
export class TuningSettings {
  constructor(public readonly all: readonly TuningSetting[]) {}

  public of(kind: SettingKind): readonly TuningSetting[] {
    return this.all.filter(setting => setting.kind === kind);
  }

  public value(kind: SettingKind, name: string): string | undefined {
    return this.all.find(setting => setting.kind === kind && setting.name === name)?.value;
  }

  public sysctl(key: string): string | undefined {
    return this.value('sysctl', key);
  }

  public argument(name: string): string | undefined {
    return this.value('kernel argument', name);
  }

  public cpus(name: 'isolcpus' | 'nohz_full' | 'rcu_nocbs' | 'irqaffinity'): CpuSet | undefined {
    const text = this.argument(name);
    return text === undefined ? undefined : CpuSet.of(text);
  }

  public get hugePages() {
    return this.of('huge pages').map(hugePagesOf);
  }
}
