import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** A copy that is lost together with the original. */
export const BACKUP_ON_OWN_STORAGE: Rule = {
  code: 'BACKUP_ON_OWN_STORAGE',
  severity: 'warning',
  incident: 'Backups lay on the pool of the guests. The pool failed, and with it both.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const job of cluster.backupJobs) {
        const guest = cluster.guests.find(g => job.covers(g) && g.volumes.some(volume => volume.storage === job.storage));
        if (!guest) continue;
        yield findingAt(
          job,
          BACKUP_ON_OWN_STORAGE,
          `keeps its copies on ${job.storage.name} [${pathOf(job.storage)}], where the disk of ${pathOf(guest)} lies too`,
          'choose a storage on other disks, best on another machine',
        );
      }
    }
  },
};
