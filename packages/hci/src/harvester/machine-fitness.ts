import { Bandwidth, ConfigError, Size, warn } from '@ashlar/core';
import type { HarvesterNode } from './harvester-node';

const REQUIREMENTS = 'https://docs.harvesterhci.io/v1.7/install/requirements';

/** What the installer asks of a machine: below `production` it stops, unless it skips its checks; below `testing` nothing is promised. */
const MINIMA = {
  production: { threads: 16, memory: Size.gibibytes(64), speed: Bandwidth.gigabits(10) },
  testing: { threads: 8, memory: Size.gibibytes(32), speed: Bandwidth.gigabits(1) },
} as const;

/** Whether its disks are large enough, and named so that the installer formats the right one. @throws HARVESTER_DISK */
export function requireDisks(node: HarvesterNode, skipChecks: boolean): void {
  const shared = node.dataDisk === node.installDisk && node.runsGuests;
  requireDisk(node, 'installDisk', Size.gibibytes(shared ? 250 : 180), shared ? ' with the volumes of guests on it' : '', skipChecks);
  if (node.dataDisk !== node.installDisk) requireDisk(node, 'dataDisk', Size.gibibytes(50), '', skipChecks);
}

/** Whether the installer accepts the machine. @throws HARVESTER_MACHINE */
export function requireFitness(node: HarvesterNode, skipChecks: boolean): void {
  // A witness runs etcd and little else; the documentation asks no more of it than of any etcd node.
  if (!node.runsGuests) return;
  const low = shortages(node, skipChecks ? 'testing' : 'production');
  if (low.length === 0) return;
  const told = `${node.machine.model} has ${low.join(', ')}`;
  if (skipChecks) {
    warn(
      node,
      'HARVESTER_MACHINE_SMALL',
      `${told}, below what Harvester asks of a test`,
      'choose a larger machine, or acknowledge it with a reason',
    );
    return;
  }
  throw new ConfigError(node, 'HARVESTER_MACHINE', `${told}, at which an automatic installation stops`, {
    fix: 'choose a larger machine, or write skipChecks: true for a test',
    see: REQUIREMENTS,
  });
}

function shortages(node: HarvesterNode, use: keyof typeof MINIMA): string[] {
  const { threads, memory, speed } = MINIMA[use];
  const { model } = node.machine;
  const slow = node.nics.filter(nic => (nic.link?.speed ?? nic.speed).toMegabits() < speed.toMegabits());
  return [
    ...(model.threads < threads ? [`${model.threads} of ${threads} threads`] : []),
    ...(model.memory.toBytes() < memory.toBytes() ? [`${model.memory} of ${memory} memory`] : []),
    ...slow.map(nic => `${nic.link?.speed ?? nic.speed} of ${speed} at ${nic.name}`),
  ];
}

function requireDisk(node: HarvesterNode, prop: 'installDisk' | 'dataDisk', least: Size, why: string, skipChecks: boolean): void {
  const disk = node[prop];
  if (disk.device === undefined) {
    throw new ConfigError(
      node,
      'HARVESTER_DISK',
      `${prop} ${disk.node.id} has no path, and /dev/sda may be another disk at the next boot`,
      {
        fix: `write disks: { ${disk.node.id}: '/dev/disk/by-id/…' } at ${node.machine.name}`,
        see: 'https://docs.harvesterhci.io/v1.7/install/harvester-configuration#installdevice',
      },
    );
  }
  if (skipChecks || disk.size.toBytes() >= least.toBytes()) return;
  throw new ConfigError(node, 'HARVESTER_DISK', `${prop} ${disk.node.id} has ${disk.size}, and Harvester wants ${least}${why}`, {
    fix: 'choose a larger disk, or write skipChecks: true for a test',
    see: REQUIREMENTS,
  });
}
