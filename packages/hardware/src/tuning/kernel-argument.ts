import { Check, ConfigError } from '@ashlar/core';
import { CpuSet } from './cpu-set';
import { anything, choice, cpus, flag, type Parameter, type ValueOf, whole } from './parameter';

/** @see https://docs.kernel.org/admin-guide/kernel-parameters.html */
const ARGUMENTS = {
  amd_iommu: choice('off', 'force_isolation', 'force_enable'),
  amd_pstate: choice('disable', 'passive', 'active', 'guided'),
  default_hugepagesz: choice('2M', '1G'),
  'intel_idle.max_cstate': whole(0, 9),
  intel_iommu: choice('on', 'off'),
  intel_pstate: choice('disable', 'active', 'passive', 'no_hwp'),
  iommu: choice('pt', 'nopt', 'off', 'force'),
  irqaffinity: cpus(),
  isolcpus: cpus(),
  mitigations: choice('auto', 'auto,nosmt', 'off'),
  nohz_full: cpus(),
  nosoftlockup: flag(),
  numa_balancing: choice('enable', 'disable'),
  pcie_aspm: choice('off', 'force'),
  'processor.max_cstate': whole(0, 9),
  rcu_nocbs: cpus(),
  skew_tick: whole(0, 1),
  transparent_hugepage: choice('always', 'madvise', 'never'),
} as const satisfies Record<string, Parameter<never>>;

type KnownArguments = { readonly [K in keyof typeof ARGUMENTS]?: ValueOf<(typeof ARGUMENTS)[K]> };

/** The kernel's command line, by name; `true` for an argument without value. Others than the common ones may be given too. */
export type KernelArguments = KnownArguments & { readonly [name: string]: number | string | true | CpuSet | undefined };

/** Of arguments that are not known here; a blank would begin the next one. */
const OTHER = anything(/^[^\s"'\\$`]+$/, 'a number, or text without blanks and quotes');

/** Arguments that are written for another property, and for which. */
const WRITTEN_BY: Readonly<Record<string, string>> = {
  'cpufreq.default_governor': 'governor',
  hugepages: 'hugePages',
  hugepagesz: 'hugePages',
  module_blacklist: 'blacklist',
  'systemd.swap': 'swap',
};

/** The value as it stands behind the `=`, empty for an argument without one. @throws TUNING_PROPERTY and the errors of a {@link Parameter} */
export function kernelArgumentText(at: string, name: string, value: unknown): string {
  const check = new Check(at);
  check.text('a name of kernelArguments', name, /^[a-z][\w.-]*$/, 'a name as in the documentation of the kernel', 'mitigations');
  const author = WRITTEN_BY[name];
  if (author) {
    throw new ConfigError(at, 'TUNING_PROPERTY', `${name} is written for another property`, { fix: `write ${author}: … in the profile` });
  }
  const known = Object.hasOwn(ARGUMENTS, name);
  if (!known && value === true) return '';
  if (!known && CpuSet.is(value)) return value.toString();
  const parameter = (known ? (ARGUMENTS as Record<string, Parameter<unknown>>)[name] : OTHER) as Parameter<unknown>;
  return parameter.text(at, name, value);
}
