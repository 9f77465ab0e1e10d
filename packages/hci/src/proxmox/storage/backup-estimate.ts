import { Size } from '@ashlar/core';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import type { BackupJob } from './backup-job';
import { gapsOf } from './retention';

/** What a job may come to take on its target at most: for each guest, and how many copies it keeps. */
export interface BackupEstimate {
  readonly copies: number;
  readonly total: Size;
  /** Of the largest first. */
  readonly guests: readonly { readonly guest: ProxmoxGuest; readonly size: Size }[];
}

/**
 * What the copies of some guests take.
 *
 * An archive of vzdump is a whole copy, and the next one is written before the oldest is removed. A Proxmox Backup Server keeps the
 * first in whole, and of each other what changed since the one before.
 */
export function estimate(job: BackupJob, guests: readonly ProxmoxGuest[]): BackupEstimate {
  const gaps = gapsOf(job.keep, job.schedule.period);
  const factor =
    job.storage.type === 'pbs' ? 1 + gaps.slice(1).reduce((sum, days) => sum + Math.min(1, days * job.dailyChange), 0) : gaps.length + 1;
  const sizes = guests.map(guest => ({ guest, size: Size.bytes(Math.ceil(copyOf(guest).toBytes() * job.compression * factor)) }));
  sizes.sort((a, b) => b.size.toBytes() - a.size.toBytes() || a.guest.vmId - b.guest.vmId);
  return { copies: gaps.length, total: Size.sum(sizes.map(one => one.size)), guests: sizes };
}

/** How many copies of each of these guests fit into a room; none when not even one does. */
export function copiesThatFit(job: BackupJob, guests: readonly ProxmoxGuest[], room: number): number {
  const one = Size.sum(guests.map(copyOf)).toBytes() * job.compression;
  const next = job.storage.type === 'pbs' ? one * Math.min(1, (job.schedule.period.toSeconds() / 86_400) * job.dailyChange) : one;
  const spare = job.storage.type === 'pbs' ? 0 : one;
  if (room < one + spare) return 0;
  return next === 0 ? 1000 : Math.min(1000, 1 + Math.floor((room - one - spare) / next));
}

/** All disks of a guest, as if each were full. */
export function copyOf(guest: ProxmoxGuest): Size {
  return guest.consumption.disk ?? guest.disk;
}
