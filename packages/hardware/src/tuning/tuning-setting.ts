/** What a setting is a setting of; errors and reports say it before the name. */
export type SettingKind = 'sysctl' | 'kernel argument' | 'huge pages' | 'module' | 'network port' | 'disk' | 'host';

/** One value that a host is tuned by, who wants it, and why. */
export interface TuningSetting {
  readonly kind: SettingKind;
  /** Unique in its kind: `vm.swappiness`, `isolcpus`, `1G node 0`, `eno1 mtu`. */
  readonly name: string;
  /** As the kernel, or the program that reads it, writes it; empty for an argument without one. */
  readonly value: string;
  /** Name of the profile. */
  readonly profile: string;
  readonly because?: string;
  /** Page that says so. */
  readonly see?: string;
}

/** `sysctl vm.swappiness` */
export function titleOf({ kind, name }: Pick<TuningSetting, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
