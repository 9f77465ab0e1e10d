import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';
import type { BackupJob } from '../storage/backup-job';
import { durationOn } from '../storage/backup-window';

/** Two jobs write to one target at one time. */
export const BACKUP_JOBS_OVERLAP: Rule = {
  code: 'BACKUP_JOBS_OVERLAP',
  severity: 'warning',
  incident: 'Two jobs began at 02:00 on one drive. Its heads moved between them all night, and both took six times as long.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const jobs = [...cluster.backupJobs].sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const [i, job] of jobs.entries()) {
        for (const other of jobs.slice(i + 1)) {
          if (other.storage !== job.storage) continue;
          const [first, second] = startOf(job) <= startOf(other) ? [job, other] : [other, job];
          if (!sameDay(job, other) || startOf(second) - startOf(first) > longestRun(first)) continue;
          yield findingAt(
            second,
            BACKUP_JOBS_OVERLAP,
            `begins at ${second.schedule} on ${pathOf(job.storage)}, while ${pathOf(first)}, which begins at ${first.schedule}, may still write there`,
            'let it begin later, or give it another target',
          );
        }
      }
    }
  },
};

/** Seconds after midnight; a job that runs several times a day always meets another. */
function startOf(job: BackupJob): number {
  const time = /(\d\d):(\d\d)$/.exec(String(job.schedule));
  return time ? Number(time[1]) * 3600 + Number(time[2]) * 60 : 0;
}

function sameDay(a: BackupJob, b: BackupJob): boolean {
  const [day, other] = [a, b].map(job => /^[a-z]{3}/.exec(String(job.schedule))?.[0]);
  return day === undefined || other === undefined || day === other;
}

function longestRun(job: BackupJob): number {
  return Math.max(0, ...job.cluster.nodes.map(node => durationOn(job, node)?.seconds ?? 0));
}
