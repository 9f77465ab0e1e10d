import { ConfigError, pathOf, Size } from '@ashlar/core';
import type { Construct } from 'constructs';
import type { TunedHost, TunedSystem } from './tuned-host';
import { titleOf } from './tuning-setting';
import type { TuningSettings } from './tuning-settings';

/** What is left to the system and all programs that ask for no huge pages. */
const REST = Size.gibibytes(2);

/** Settings of what is not the guest's: the hypervisor decides. */
const OF_MACHINE = /^(network port .*|disk .*|host (governor|energyBias)|kernel argument (intel_idle|processor)\.max_cstate)$/;

/** Whether a host can be tuned so. @throws TUNING_GUEST, TUNING_MEMORY, TUNING_CPU, TUNING_CPU_REST, TUNING_DISK, TUNING_PORT, NIC_UNKNOWN, DISK_UNKNOWN */
export function checkHost(tuning: Construct & { readonly system: TunedSystem }, settings: TuningSettings, host: TunedHost): void {
  const fail = (code: string, problem: string, fix: string): never => {
    throw new ConfigError(tuning, code, problem, { fix });
  };
  const path = pathOf(host.construct);
  const foreign = settings.all.find(setting => OF_MACHINE.test(titleOf(setting)));
  if (!host.machine && foreign) {
    fail('TUNING_GUEST', `${titleOf(foreign)} is a matter of the machine below ${path}`, 'put it into the profile of that machine');
  }
  const pages = Size.sum(settings.hugePages.map(({ memory }) => memory));
  if (host.memory && pages.toBytes() > 0 && pages.plus(REST).toBytes() > host.memory.toBytes()) {
    fail(
      'TUNING_MEMORY',
      `huge pages take ${pages} of the ${host.memory} of ${path}, which leaves less than ${REST} for everything else`,
      `take at most ${Size.bytes(Math.max(0, host.memory.toBytes() - REST.toBytes()))}`,
    );
  }
  if (host.threads !== undefined) checkProcessors(settings, host.threads, path, fail);
  for (const { name } of settings.of('disk')) {
    if (host.machine?.disk(name).device === undefined) {
      fail(
        'TUNING_DISK',
        `the disk ${name} of ${path} has no name that stays`,
        `write disks: { ${name}: '/dev/disk/by-id/…' } for the machine`,
      );
    }
  }
  for (const port of new Set(settings.of('network port').map(({ name }) => name.split(' ')[0] as string))) {
    if (host.machine?.nic(port).mac === undefined && tuning.system === 'debian') {
      fail(
        'TUNING_PORT',
        `the MAC address of ${port} of ${path} is not known, by which its settings find it`,
        `write macs: { ${port}: '…' } for the machine`,
      );
    }
  }
}

function checkProcessors(
  settings: TuningSettings,
  threads: number,
  path: string,
  fail: (code: string, problem: string, fix: string) => never,
): void {
  for (const name of ['isolcpus', 'nohz_full', 'rcu_nocbs', 'irqaffinity'] as const) {
    const set = settings.cpus(name);
    if (set && set.last >= threads) {
      fail('TUNING_CPU', `${name} names processor ${set.last}, and ${path} has 0 to ${threads - 1}`, 'name processors that there are');
    }
  }
  for (const name of ['isolcpus', 'nohz_full'] as const) {
    if (settings.cpus(name)?.cpus.length === threads) {
      fail('TUNING_CPU_REST', `${name} takes all ${threads} processors of ${path}`, 'leave one or more to the system');
    }
  }
}
