import { toYaml } from '@ashlar/core';
import { kernelCommandLine } from './kernel-command-line';
import { PORT_OPTIONS, type PortTuning } from './port-tuning';
import type { TunedHost } from './tuned-host';
import { diskSchedulers } from './tuning-files';
import type { TuningSettings } from './tuning-settings';

/**
 * A patch of a Talos machine configuration, of one document per kind; undefined when there is nothing to say. Time servers and network
 * ports are documents of their own, as 1.12 and 1.13 both have them.
 *
 * @see https://docs.siderolabs.com/talos/v1.12/configure-your-talos-cluster/system-configuration/patching
 */
export function talosPatch(settings: TuningSettings, host: TunedHost): string | undefined {
  const machine = machineOf(settings, host);
  const documents = [
    ...(Object.keys(machine).length > 0 ? [{ machine }] : []),
    ...portDocuments(settings),
    ...settings.of('host').flatMap(({ name, value }) => {
      return name === 'timeServers' ? [{ apiVersion: 'v1alpha1', kind: 'TimeSyncConfig', ntp: { servers: value.split(' ') } }] : [];
    }),
  ];
  return documents.length === 0 ? undefined : documents.map(toYaml).join('---\n');
}

/**
 * The kernel's command line, which is a part of the image: Image Factory makes one of this schematic, and the host is installed, or
 * upgraded, with it. The machine configuration could give it to GRUB only.
 *
 * @see https://docs.siderolabs.com/talos/v1.12/platform-specific-installations/bare-metal-platforms/bootloader
 */
export function talosSchematic(settings: TuningSettings): string | undefined {
  const extraKernelArgs = kernelCommandLine(settings, 'talos');
  return extraKernelArgs.length === 0 ? undefined : toYaml({ customization: { extraKernelArgs } });
}

function machineOf(settings: TuningSettings, { machine, threads }: TunedHost) {
  const sysctls = settings.of('sysctl').map(({ name, value }) => [name, value]);
  const modules = settings.of('module').filter(({ value }) => value === 'loaded');
  const bias = settings.value('host', 'energyBias');
  const open = settings.value('host', 'openFiles');
  const rules = machine === undefined ? [] : diskSchedulers(settings, machine);
  const sysfs = Array.from({ length: bias === undefined ? 0 : (threads ?? 0) }, (_, cpu) => [
    `devices.system.cpu.cpu${cpu}.power.energy_perf_bias`,
    bias,
  ]);
  return {
    ...(sysctls.length > 0 && { sysctls: Object.fromEntries(sysctls) }),
    ...(sysfs.length > 0 && { sysfs: Object.fromEntries(sysfs) }),
    ...(modules.length > 0 && { kernel: { modules: modules.map(({ name }) => ({ name })) } }),
    ...(rules.length > 0 && { udev: { rules } }),
    ...(open !== undefined && {
      baseRuntimeSpecOverrides: { process: { rlimits: [{ type: 'RLIMIT_NOFILE', hard: Number(open), soft: Number(open) }] } },
    }),
  };
}

/** A link's size of packets, and what `ethtool` says of a port, are documents of two kinds. */
function portDocuments(settings: TuningSettings): object[] {
  const all = settings.of('network port').map(({ name, value }) => {
    const [port = '', option] = name.split(' ');
    return { port, place: PORT_OPTIONS[option as keyof PortTuning].talos, value };
  });
  return [...new Set(all.map(({ port }) => port))].flatMap(name => {
    const own = all.filter(({ port }) => port === name);
    const sections: Record<string, Record<string, number | boolean>> = {};
    for (const { place, value } of own) {
      const [section, key] = place;
      if (key === undefined) continue;
      sections[section] = { ...sections[section], [key]: section === 'features' ? value === 'on' : Number(value) };
    }
    const mtu = own.find(({ place }) => place[0] === 'mtu')?.value;
    return [
      ...(mtu === undefined ? [] : [{ apiVersion: 'v1alpha1', kind: 'LinkConfig', name, mtu: Number(mtu) }]),
      ...(Object.keys(sections).length === 0 ? [] : [{ apiVersion: 'v1alpha1', kind: 'EthernetConfig', name, ...sections }]),
    ];
  });
}
