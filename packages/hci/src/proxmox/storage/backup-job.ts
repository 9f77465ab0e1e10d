import { type BackupCoverage, Check, ConfigError, Duration, pathOf, vacant } from '@ashlar/core';
import { ProxmoxBackupJobResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { CONFIG_ID } from '../config-id';
import { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Schedule } from '../schedule';
import type { ProxmoxStorage } from './proxmox-storage';

/** Which backups of a guest are kept; the others are removed. @see https://pve.proxmox.com/wiki/Backup_and_Restore#vzdump_retention */
export interface Retention {
  /** The most recent ones (1–1000). */
  readonly last?: number;
  /** The last of each day (1–1000). */
  readonly daily?: number;
  /** The last of each week (1–1000). */
  readonly weekly?: number;
  /** The last of each month (1–1000). */
  readonly monthly?: number;
  /** The last of each year (1–1000). */
  readonly yearly?: number;
}

export interface BackupJobProps {
  /** When it runs. */
  readonly schedule: Schedule;
  /** Where the copies go. @default - the only storage of the cluster for backups */
  readonly storage?: ProxmoxStorage;
  /** How many are kept. @default { last: 3, daily: 7, weekly: 4, monthly: 6 } */
  readonly keep?: Retention;
  /** What is backed up. @default - every guest of the cluster, also those that come later */
  readonly guests?: readonly ProxmoxGuest[];
  /** Whether the guest runs on meanwhile (`snapshot`), pauses, or is shut down. @default `snapshot` */
  readonly mode?: 'snapshot' | 'suspend' | 'stop';
}

/** Copies of guests at set times, made by vzdump. Its id is the name of the job. */
export class BackupJob extends Construct {
  public readonly cluster: ProxmoxCluster;
  public readonly storage: ProxmoxStorage;
  public readonly schedule: Schedule;
  public readonly keep: Retention;
  private readonly only?: ReadonlySet<ProxmoxGuest>;

  /** @throws BACKUP_KEEPS_NOTHING, BACKUP_GUEST */
  constructor(scope: Construct, id: string, props: BackupJobProps) {
    super(vacant(scope, id), id);
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['schedule', 'storage', 'keep', 'guests', 'mode']);
    check.text('the name of a backup job', id, CONFIG_ID, 'a letter and then letters, digits, dashes and underscores', 'nightly');
    this.schedule = check.instance('schedule', props.schedule, Schedule, "Schedule.daily('02:30')");
    this.storage = this.cluster.storageFor(this, 'backup', props.storage);
    this.keep = retention(this, props.keep ?? { last: 3, daily: 7, weekly: 4, monthly: 6 });
    if (props.guests !== undefined) this.only = new Set(check.list('guests', props.guests, 'vm').map(guest => ownGuest(this, guest)));
    this.cluster._addBackupJob(this);
    const ids = this.only && [...this.only].map(guest => guest.vmId).sort((a, b) => a - b);
    new ProxmoxBackupJobResource(this, 'job', {
      id,
      schedule: String(this.schedule),
      storage: this.storage.name,
      ...(ids ? { vmid: ids.map(String) } : { all: true }),
      mode: check.choice('mode', props.mode ?? 'snapshot', ['snapshot', 'suspend', 'stop']),
      compress: 'zstd',
      pruneBackups: Object.fromEntries(Object.entries(this.keep).map(([each, count]) => [`keep-${each}`, String(count)])),
      notesTemplate: '{{guestname}} ({{vmid}}) on {{node}} of {{cluster}}',
      repeatMissed: true,
      enabled: true,
      dependsOn: [...this.storage.resources],
    });
  }

  public covers(guest: ProxmoxGuest): boolean {
    return this.only?.has(guest) ?? true;
  }

  public get coverage(): BackupCoverage {
    return {
      target: `${this.storage.type} ${this.storage.name}`,
      recoveryPoint: this.schedule.period,
      retention: longest(this.keep, this.schedule.period),
    };
  }
}

function retention(job: BackupJob, keep: Retention): Retention {
  const check = new Check(job);
  const kinds = ['last', 'daily', 'weekly', 'monthly', 'yearly'] as const;
  check.known(keep, kinds);
  const given = kinds.filter(kind => keep[kind] !== undefined);
  for (const kind of given) check.integer(`keep.${kind}`, keep[kind] as number, 1, 1000);
  if (given.length === 0)
    throw new ConfigError(job, 'BACKUP_KEEPS_NOTHING', 'keep is empty, which fills the storage without end', {
      fix: 'write keep: { last: 3, daily: 7 }',
    });
  return Object.fromEntries(given.map(kind => [kind, keep[kind]]));
}

function ownGuest(job: BackupJob, guest: ProxmoxGuest): ProxmoxGuest {
  new Check(job).instance('guests', guest, { name: 'ProxmoxVm or ProxmoxContainer', is: ProxmoxGuest.isProxmoxGuest }, '[vm]');
  if (guest.cluster === job.cluster) return guest;
  throw new ConfigError(
    job,
    'BACKUP_GUEST',
    `${pathOf(guest)} is a guest of ${pathOf(guest.cluster)}, and a job sees its own cluster only`,
    { fix: 'create a job in that cluster' },
  );
}

/** Age of the oldest copy that is kept. */
function longest(keep: Retention, period: Duration): Duration {
  const days = [
    ((keep.last ?? 0) * period.toSeconds()) / 86_400,
    keep.daily ?? 0,
    (keep.weekly ?? 0) * 7,
    (keep.monthly ?? 0) * 30,
    (keep.yearly ?? 0) * 365,
  ];
  return Duration.seconds(Math.round(Math.max(...days) * 86_400));
}
