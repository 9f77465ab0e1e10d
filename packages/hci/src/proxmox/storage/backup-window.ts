import { type Bandwidth, Size } from '@ashlar/core';
import type { ProxmoxNode } from '../proxmox-node';
import { copyOf } from './backup-estimate';
import type { BackupJob } from './backup-job';

/** How long a job takes on a node: what it reads there, and how fast. */
export interface BackupRun {
  readonly size: Size;
  readonly rate: Bandwidth;
  readonly seconds: number;
}

/**
 * How long a job takes on a node at most: all disks of its guests, read in whole at the limit of the job, or at the speed of the node's
 * link to a storage on the network. Undefined while neither is known, and on a Proxmox Backup Server, which takes changes only.
 */
export function durationOn(job: BackupJob, node: ProxmoxNode): BackupRun | undefined {
  if (job.storage.type === 'pbs') return undefined;
  const guests = job.cluster.guests.filter(guest => guest.homeNode === node && job.covers(guest));
  const rate = slower(job.bandwidth, job.storage.shared ? linkOf(node) : undefined);
  if (guests.length === 0 || rate === undefined) return undefined;
  const size = Size.sum(guests.map(copyOf));
  return { size, rate, seconds: (size.toBytes() * 8) / (rate.toMegabits() * 1e6) };
}

/** The fastest cable of its machine. */
function linkOf(node: ProxmoxNode): Bandwidth | undefined {
  const speeds = (node.machine?.nics ?? []).flatMap(nic => nic.link?.speed ?? []);
  return speeds.sort((a, b) => b.toMegabits() - a.toMegabits())[0];
}

function slower(a: Bandwidth | undefined, b: Bandwidth | undefined): Bandwidth | undefined {
  if (!a || !b) return a ?? b;
  return a.toMegabits() < b.toMegabits() ? a : b;
}
