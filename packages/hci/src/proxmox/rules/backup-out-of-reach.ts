import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** A guest may run where the storage for its copies is not. */
export const BACKUP_OUT_OF_REACH: Rule = {
  code: 'BACKUP_OUT_OF_REACH',
  severity: 'warning',
  incident: 'The drive for backups was plugged into the first node. A failover moved the shop to the second, and its backups stopped.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const job of cluster.backupJobs) {
        for (const guest of cluster.guests) {
          const without = guest.nodes.filter(node => !job.storage.nodes.includes(node));
          if (!job.covers(guest) || !guest.stateful || without.length === 0) continue;
          yield findingAt(
            job,
            BACKUP_OUT_OF_REACH,
            `backs up ${pathOf(guest)}, which may run on ${without.map(node => node.name).join(', ')}, and ${pathOf(job.storage)} is on ${job.storage.nodes.map(node => node.name).join(', ')} only`,
            'use a storage that all of its nodes reach, or name in guests those that stay on its node',
          );
        }
      }
    }
  },
};
