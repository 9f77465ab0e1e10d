import { findingAt, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** A guest that holds data of which nobody makes a copy. */
export const NO_BACKUP: Rule = {
  code: 'NO_BACKUP',
  severity: 'warning',
  incident: 'A mail server was added after the backup job, which listed its guests one by one; its disk failed in the second year.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests) {
        if (!guest.backupDecided)
          yield findingAt(
            guest,
            NO_BACKUP,
            'holds data, and no backup job covers it',
            'add it to a BackupJob, or write stateful: false or notBackedUpBecause: …',
          );
      }
    }
  },
};
