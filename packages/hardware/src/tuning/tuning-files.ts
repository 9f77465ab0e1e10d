import type { Nic } from '../nic';
import type { EffectName } from './effect';
import { kernelCommandLine } from './kernel-command-line';
import { PORT_OPTIONS, type PortTuning } from './port-tuning';
import type { TunedHost } from './tuned-host';
import type { TuningSetting } from './tuning-setting';
import type { TuningSettings } from './tuning-settings';

/** A file of a system like Debian, and what makes it take effect. */
export interface TuningFile {
  /** Absolute. */
  readonly path: string;
  /** Nothing: there shall be no such file. */
  readonly content?: string;
  readonly effects: readonly EffectName[];
  /** What it says is read at boot only. */
  readonly reboot?: boolean;
}

const HEAD = '# Written by a program: what is changed here is overwritten.';

/** Every file that tuning may write, those that the settings have nothing for without content. Sorted by path. */
export function tuningFiles(settings: TuningSettings, host: TunedHost): TuningFile[] {
  const sysfs = sysfsLines(settings);
  const modules = settings.of('module');
  const open = settings.of('host').filter(({ name }) => name === 'openFiles');
  const servers = settings.of('host').filter(({ name }) => name === 'timeServers');
  const commandLine = kernelCommandLine(settings, 'debian');
  const swap = settings.of('host').some(({ name }) => name === 'swap');
  const files: TuningFile[] = [
    {
      path: '/etc/chrony/sources.d/tuning.sources',
      content: text(servers, ({ value }) => value.split(' ').map(server => `server ${server} iburst prefer`)),
      effects: ['time'],
    },
    {
      path: '/etc/default/grub.d/90-tuning.cfg',
      content: commandLine.length === 0 ? undefined : document(`GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${commandLine.join(' ')}"`),
      effects: swap ? ['swap', 'grub'] : ['grub'],
      reboot: true,
    },
    {
      path: '/etc/modprobe.d/tuning.conf',
      content: text(
        modules.filter(({ value }) => value === 'blacklisted'),
        ({ name }) => [`blacklist ${name}`],
      ),
      effects: ['initramfs'],
      reboot: true,
    },
    {
      path: '/etc/modules-load.d/tuning.conf',
      content: text(
        modules.filter(({ value }) => value === 'loaded'),
        ({ name }) => [name],
      ),
      effects: ['modules'],
    },
    {
      path: '/etc/security/limits.d/90-tuning.conf',
      content: text(open, ({ value }) => [`* - nofile ${value}`, `root - nofile ${value}`]),
      effects: [],
    },
    {
      path: '/etc/sysctl.d/90-tuning.conf',
      content: text(settings.of('sysctl'), ({ name, value }) => [`${name} = ${value}`]),
      effects: ['sysctls'],
    },
    {
      path: '/etc/systemd/system/tuning.service',
      content: sysfs.length > 0 ? SERVICE : undefined,
      effects: sysfs.length > 0 ? ['enable', 'start'] : [],
    },
    {
      path: '/etc/systemd/system.conf.d/90-tuning.conf',
      content: open.length > 0 ? document('[Manager]', ...open.map(({ value }) => `DefaultLimitNOFILE=${value}`)) : undefined,
      effects: ['manager'],
    },
    {
      path: '/etc/tmpfiles.d/tuning.conf',
      content: sysfs.length > 0 ? document(...sysfs) : undefined,
      effects: sysfs.length > 0 ? ['start'] : [],
    },
    { path: '/etc/udev/rules.d/90-tuning.rules', content: diskRules(settings, host), effects: ['rules', 'disks'] },
    ...(host.machine?.nics ?? []).map(nic => ({
      path: `/etc/systemd/network/70-tuning-${nic.name}.link`,
      content: linkFile(settings, nic),
      effects: ['rules', 'ports', 'initramfs'] as const,
    })),
  ];
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Settings of one file, those with one reason together below it. */
function text(settings: readonly TuningSetting[], lines: (setting: TuningSetting) => readonly string[]): string | undefined {
  const byReason = new Map<string, string[]>();
  for (const setting of settings) byReason.set(reasonOf(setting), [...(byReason.get(reasonOf(setting)) ?? []), ...lines(setting)]);
  return byReason.size === 0 ? undefined : document(...[...byReason].flatMap(([reason, own]) => ['', reason, ...own]));
}

function reasonOf({ profile, because, see }: TuningSetting): string {
  return [`# ${profile}${because ? `: ${because}` : ''}`, ...(see ? [`# ${see}`] : [])].join('\n');
}

function document(...lines: readonly string[]): string {
  return [HEAD, ...lines, ''].join('\n');
}

/** Drivers of the processors' frequency may come later than `systemd-tmpfiles-setup.service`, so it is done once more. */
const SERVICE = document(
  '[Unit]',
  'Description=Settings of processors and memory',
  'Documentation=man:tmpfiles.d(5)',
  'After=systemd-modules-load.service systemd-udev-trigger.service systemd-tmpfiles-setup.service',
  '',
  '[Service]',
  'Type=oneshot',
  'RemainAfterExit=yes',
  'ExecStart=/usr/bin/systemd-tmpfiles --create /etc/tmpfiles.d/tuning.conf',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
);

/** Files of `/sys` by pattern; where a machine has no such file, nothing is written. @see https://www.freedesktop.org/software/systemd/man/latest/tmpfiles.d.html */
function sysfsLines(settings: TuningSettings): string[] {
  const values: readonly (readonly [path: string, value: string | undefined])[] = [
    ['/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor', settings.value('host', 'governor')],
    ['/sys/devices/system/cpu/cpu*/power/energy_perf_bias', settings.value('host', 'energyBias')],
    ['/sys/kernel/mm/transparent_hugepage/enabled', settings.argument('transparent_hugepage')],
  ];
  return values.flatMap(([path, value]) => (value === undefined ? [] : [`w ${path} - - - - ${value}`]));
}

/** @see https://www.freedesktop.org/software/systemd/man/latest/udev.html */
function diskRules(settings: TuningSettings, { machine }: TunedHost): string | undefined {
  const rules = machine === undefined ? [] : diskSchedulers(settings, machine);
  return rules.length === 0 ? undefined : document(...rules);
}

/** One rule of udev for each disk, found by the name that it has at every boot. */
export function diskSchedulers(settings: TuningSettings, machine: NonNullable<TunedHost['machine']>): string[] {
  return settings.of('disk').map(({ name, value }) => {
    const link = machine.disk(name).device?.replace('/dev/', '');
    return `ACTION=="add|change", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", SYMLINK=="${link}", ATTR{queue/scheduler}="${value}"`;
  });
}

/**
 * The first `.link` file that matches is the only one that is read, so the naming of the system's own stands here again.
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.link.html
 */
function linkFile(settings: TuningSettings, nic: Nic): string | undefined {
  const own = settings.of('network port').filter(({ name }) => name.startsWith(`${nic.name} `));
  if (own.length === 0) return undefined;
  return document(
    '[Match]',
    `PermanentMACAddress=${nic.mac}`,
    '',
    '[Link]',
    'NamePolicy=keep kernel database onboard slot path',
    'AlternativeNamesPolicy=database onboard slot path',
    'MACAddressPolicy=persistent',
    ...own.map(({ name, value }) => {
      return `${PORT_OPTIONS[name.split(' ')[1] as keyof PortTuning].link}=${value === 'on' ? 'yes' : value === 'off' ? 'no' : value}`;
    }),
  );
}
