import { Check, ConfigError } from '@ashlar/core';
import { type HugePages, hugePagesText } from './huge-pages';
import { type KernelArguments, kernelArgumentText } from './kernel-argument';
import { type Parameter, whole } from './parameter';
import { PORT_OPTIONS, type PortTuning } from './port-tuning';
import { type Sysctls, sysctlText } from './sysctl';
import type { SettingKind, TuningSetting } from './tuning-setting';

/** @see https://docs.kernel.org/admin-guide/pm/cpufreq.html#generic-scaling-governors */
export type CpuGovernor = 'performance' | 'powersave' | 'schedutil' | 'ondemand' | 'conservative';

/** `none` where the disk orders requests better than the kernel does. @see https://docs.kernel.org/block/switching-sched.html */
export type DiskScheduler = 'none' | 'mq-deadline' | 'kyber' | 'bfq';

/** Some settings with one reason. */
export interface TuningProps {
  /** Why, for the report and the comments in files. @default - told by nobody */
  readonly because?: string;
  /** Page that says so. @default - none */
  readonly see?: string;
  readonly sysctls?: Sysctls;
  /** They take effect at the next boot. */
  readonly kernelArguments?: KernelArguments;
  readonly hugePages?: readonly HugePages[];
  /** How the frequency of the processors is chosen. */
  readonly governor?: CpuGovernor;
  /** Preference of Intel processors, from speed (0) to saving (15). @see https://docs.kernel.org/admin-guide/pm/intel_epb.html */
  readonly energyBias?: number;
  /** Kernel modules to load at boot. */
  readonly modules?: readonly string[];
  /** Kernel modules that are never loaded. */
  readonly blacklist?: readonly string[];
  /** By the name of the network port. */
  readonly ports?: Readonly<Record<string, PortTuning>>;
  /** Scheduler of each disk, by the name of its slot. */
  readonly disks?: Readonly<Record<string, DiskScheduler>>;
  /** NTP servers, by name or address. */
  readonly timeServers?: readonly string[];
  /** Files that a process may have open at once (1024–1073741816). */
  readonly openFiles?: number;
  /** `off`: no swap, whatever `/etc/fstab` says. */
  readonly swap?: 'off';
}

const GOVERNORS: readonly CpuGovernor[] = ['performance', 'powersave', 'schedutil', 'ondemand', 'conservative'];
const SCHEDULERS: readonly DiskScheduler[] = ['none', 'mq-deadline', 'kyber', 'bfq'];
const NAMES: readonly (keyof TuningProps)[] = [
  'because',
  'see',
  'sysctls',
  'kernelArguments',
  'hugePages',
  'governor',
  'energyBias',
  'modules',
  'blacklist',
  'ports',
  'disks',
  'timeServers',
  'openFiles',
  'swap',
];

/** Checks every value by itself. @throws the errors of {@link Check} */
export function settingsOf(profile: string, props: TuningProps): TuningSetting[] {
  const at = `TuningProfile ${profile}`;
  const check = new Check(at);
  check.known(props, NAMES);
  const { because, see } = props;
  if (because !== undefined) check.text('because', because, /^\S[^\n]*$/, 'text of one line', 'measured on this machine');
  if (see !== undefined) check.text('see', see, /^https?:\/\/\S+$/, 'the address of a page', 'https://docs.kernel.org/');
  const made: TuningSetting[] = [];
  const add = (kind: SettingKind, name: string, value: string) => made.push({ kind, name, value, profile, because, see });
  for (const [key, value] of given(at, 'sysctls', props.sysctls)) add('sysctl', key, sysctlText(at, key, value));
  for (const [name, value] of given(at, 'kernelArguments', props.kernelArguments)) {
    add('kernel argument', name, kernelArgumentText(at, name, value));
  }
  for (const pages of listed(check, 'hugePages', props.hugePages, "{ pageSize: '2M', memory: Size.gibibytes(8) }")) {
    add('huge pages', ...hugePagesText(at, pages));
  }
  for (const name of listed(check, 'modules', props.modules, "'br_netfilter'")) add('module', module(check, name), 'loaded');
  for (const name of listed(check, 'blacklist', props.blacklist, "'pcspkr'")) add('module', module(check, name), 'blacklisted');
  for (const [port, tuning] of given(at, 'ports', props.ports)) {
    check.text('the name of a network port', port, /^[\w.:-]+$/, 'letters and digits', 'eno1');
    check.known(tuning, Object.keys(PORT_OPTIONS));
    for (const [option, value] of given(at, port, { ...tuning })) {
      const parameter = PORT_OPTIONS[option as keyof PortTuning].parameter as Parameter<unknown>;
      add('network port', `${port} ${option}`, parameter.text(at, `ports.${port}.${option}`, value));
    }
  }
  for (const [slot, scheduler] of given(at, 'disks', props.disks)) {
    add('disk', slot, check.choice(`disks.${slot}`, scheduler, SCHEDULERS));
  }
  if (props.governor !== undefined) add('host', 'governor', check.choice('governor', props.governor, GOVERNORS));
  if (props.energyBias !== undefined) add('host', 'energyBias', whole(0, 15).text(at, 'energyBias', props.energyBias));
  if (props.openFiles !== undefined) add('host', 'openFiles', whole(1024, 1_073_741_816).text(at, 'openFiles', props.openFiles));
  if (props.swap !== undefined) add('host', 'swap', check.choice('swap', props.swap, ['off']));
  if (props.timeServers !== undefined) add('host', 'timeServers', timeServers(check, props.timeServers));
  return made;
}

/** Values by name, without those that are undefined. @throws PROP_TYPE */
function given<T>(at: string, name: string, record: Readonly<Record<string, T>> = {}): [name: string, value: NonNullable<T>][] {
  if (typeof record !== 'object' || Array.isArray(record)) {
    throw new ConfigError(at, 'PROP_TYPE', `${name} must be an object`, { got: record, fix: `write ${name}: { … }` });
  }
  return Object.entries(record).filter((entry): entry is [string, NonNullable<T>] => entry[1] !== undefined);
}

function listed<T>(check: Check, name: string, list: readonly T[] | undefined, of: string): readonly T[] {
  return list === undefined ? [] : check.list(name, list, of);
}

/** The kernel takes dashes for underscores. */
function module(check: Check, name: string): string {
  return check
    .text('the name of a module', name, /^[a-z0-9][\w-]*$/, 'letters, digits and underscores', 'br_netfilter')
    .replaceAll('-', '_');
}

function timeServers(check: Check, servers: readonly string[]): string {
  check.list('timeServers', servers, "'ntp.example.net'");
  return servers
    .map(server => check.text('a time server', server, /^[a-z0-9]([a-z0-9.:-]*[a-z0-9])?$/, 'a DNS name or an address', 'ntp.example.net'))
    .join(' ');
}
