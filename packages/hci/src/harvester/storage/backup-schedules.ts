import type { HarvesterGuest } from '../guests/harvester-guest';
import type { HarvesterBackupJob } from './harvester-backup-job';

/** When Harvester copies a guest, and how many copies it keeps. */
export function backupScheduleManifest(guest: HarvesterGuest, job: HarvesterBackupJob, namespace: string): object {
  return {
    apiVersion: 'harvesterhci.io/v1beta1',
    kind: 'ScheduleVMBackup',
    metadata: { name: guest.hostName, namespace },
    spec: {
      cron: job.cronOf(guest),
      retain: job.retain,
      maxFailure: job.maxFailure,
      suspend: false,
      vmbackup: { type: 'backup', source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: guest.hostName } },
    },
  };
}
