import { findingAt, pathOf, type Rule, type Site, Size } from '@ashlar/core';
import { clustersOf } from '../clusters-of';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxNode } from '../proxmox-node';
import { copiesThatFit, copyOf, estimate } from '../storage/backup-estimate';
import type { BackupJob } from '../storage/backup-job';
import type { ProxmoxStorage } from '../storage/proxmox-storage';

/** One disk that copies are put on, with what each job puts there. */
interface Target {
  readonly storage: ProxmoxStorage;
  /** Of a local storage: each has a disk of its own. */
  readonly node?: ProxmoxNode;
  readonly jobs: readonly { readonly job: BackupJob; readonly guests: readonly ProxmoxGuest[] }[];
}

/** The copies that jobs keep take more than their target has. */
export const BACKUP_DOES_NOT_FIT: Rule = {
  code: 'BACKUP_DOES_NOT_FIT',
  severity: 'error',
  incident: 'A drive for seven nights was given fourteen. It was full in the second week, and every night after that failed.',
  *check(site) {
    for (const { storage, node, jobs } of targetsOf(site)) {
      const { size } = storage;
      if (!size) continue;
      const needs = jobs.map(({ job, guests }) => ({ job, guests: guests, need: estimate(job, guests) }));
      const total = needs.reduce((sum, { need }) => sum + need.total.toBytes(), 0);
      const [largest] = needs.sort((a, b) => b.need.total.toBytes() - a.need.total.toBytes() || (a.job.name < b.job.name ? -1 : 1));
      if (total <= size.toBytes() || !largest) continue;
      const { job, guests, need } = largest;
      const fits = copiesThatFit(job, guests, size.toBytes() - (total - need.total.toBytes()));
      const names = need.guests.map(({ guest }) => `${pathOf(guest)} (${copyOf(guest)})`).join(', ');
      const others =
        needs.length > 1
          ? `, and with ${needs
              .slice(1)
              .map(other => pathOf(other.job))
              .join(', ')} ${Size.bytes(total)}`
          : '';
      yield findingAt(
        job,
        BACKUP_DOES_NOT_FIT,
        `keeps ${need.copies} ${need.copies === 1 ? 'copy' : 'copies'} of ${names}, up to ${need.total}${others}, and ${pathOf(storage)} has ${size}${node ? ` on ${node.name}` : ''}`,
        fits === 0
          ? 'choose a larger target: not even one copy fits beside the next'
          : `write keep: { last: ${fits} }, which fits, or measure compression${storage.type === 'pbs' ? ' and dailyChange' : ''} and write what they are`,
      );
    }
  },
};

/** By storage, and by node where each node has its own. */
function targetsOf(site: Site): Target[] {
  return clustersOf(site).flatMap(cluster =>
    cluster.storages.flatMap(storage => {
      const jobs = cluster.backupJobs.filter(job => job.storage === storage);
      const of = (wanted: (guest: ProxmoxGuest) => boolean) =>
        jobs.map(job => ({ job, guests: cluster.guests.filter(guest => job.covers(guest) && wanted(guest)) }));
      if (storage.shared) return [{ storage, jobs: of(() => true) }];
      return storage.nodes.map(node => ({ storage, node, jobs: of(guest => guest.nodes.includes(node)) }));
    }),
  );
}
