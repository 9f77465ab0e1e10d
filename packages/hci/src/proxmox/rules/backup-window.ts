import { Duration, findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';
import { durationOn } from '../storage/backup-window';

/** A job is not done when it should begin again. */
export const BACKUP_WINDOW: Rule = {
  code: 'BACKUP_WINDOW',
  severity: 'warning',
  incident: 'The nightly job took 27 hours. Every second night was skipped without a word.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const job of cluster.backupJobs) {
        for (const node of cluster.nodes) {
          const takes = durationOn(job, node);
          if (takes === undefined || takes.seconds <= job.schedule.period.toSeconds()) continue;
          yield findingAt(
            job,
            BACKUP_WINDOW,
            `reads ${takes.size} on ${pathOf(node)} at ${takes.rate}, which takes ${hours(takes.seconds)}, and begins again after ${job.schedule.period}`,
            'run it less often, give it more bandwidth, or back up to a Proxmox Backup Server',
          );
        }
      }
    }
  },
};

function hours(seconds: number): string {
  return String(Duration.hours(Math.ceil(seconds / 3600)));
}
