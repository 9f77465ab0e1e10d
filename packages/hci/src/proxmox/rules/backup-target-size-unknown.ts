import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** Nobody can say whether the copies fit. */
export const BACKUP_TARGET_SIZE_UNKNOWN: Rule = {
  code: 'BACKUP_TARGET_SIZE_UNKNOWN',
  severity: 'warning',
  incident: 'The share for backups had a quota that only its administrator knew. It was reached on the night before the disk failed.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const job of cluster.backupJobs) {
        if (job.storage.size || !cluster.guests.some(guest => job.covers(guest))) continue;
        yield findingAt(
          job,
          BACKUP_TARGET_SIZE_UNKNOWN,
          `keeps copies on ${pathOf(job.storage)}, and nothing says how much fits there`,
          'write size: Size.terabytes(5) where the storage is declared',
        );
      }
    }
  },
};
