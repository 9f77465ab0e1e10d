import { type BackupCoverage, Bandwidth, Check, ConfigError, onRender, pathOf, Site, vacant } from '@ashlar/core';
import { ProxmoxBackupJobResource } from '@ashlar/provider-proxmox';
import { Construct } from 'constructs';
import { clusterOf } from '../cluster-of';
import { CONFIG_ID } from '../config-id';
import { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { Schedule } from '../schedule';
import type { ProxmoxStorage } from './proxmox-storage';
import { restoreRunbook } from './restore-runbook';
import { checkedRetention, longest, type Retention } from './retention';

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
  /** The most that a node reads of its guests for it. @default - no limit */
  readonly bandwidth?: Bandwidth;
  /** Where writes of a VM wait meanwhile, so that a slow target does not slow the guest: a fast local storage. @default - they wait for the target */
  readonly fleecing?: ProxmoxStorage;
  /** Where mail goes when it fails. @default - to the address of root@pam */
  readonly mailTo?: readonly string[];
  /** Whether its copies are never pruned, nor removed by hand without a word: for a last one before an upgrade. @default false */
  readonly protected?: boolean;
  /** What is left of a disk once compressed, 0.05–1, for the proof that the retention fits. @default 1, as if nothing could be compressed */
  readonly compression?: number;
  /** Part of a disk that changes in a day, 0–1, for the proof that the retention fits a Proxmox Backup Server. @default 0.05 */
  readonly dailyChange?: number;
}

/** Copies of guests at set times, made by vzdump. Its id is the name of the job. */
export class BackupJob extends Construct {
  public readonly name: string;
  public readonly cluster: ProxmoxCluster;
  public readonly storage: ProxmoxStorage;
  public readonly schedule: Schedule;
  public readonly keep: Retention;
  public readonly bandwidth?: Bandwidth;
  public readonly compression: number;
  public readonly dailyChange: number;
  private readonly only?: ReadonlySet<ProxmoxGuest>;

  /** @throws BACKUP_KEEPS_NOTHING, BACKUP_GUEST, BACKUP_BANDWIDTH, BACKUP_FLEECING, BACKUP_ASSUMPTION */
  constructor(scope: Construct, id: string, props: BackupJobProps) {
    super(vacant(scope, id), id);
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, PROPS);
    this.name = check.text(
      'the name of a backup job',
      id,
      CONFIG_ID,
      'a letter and then letters, digits, dashes and underscores',
      'nightly',
    );
    this.schedule = check.instance('schedule', props.schedule, Schedule, "Schedule.daily('02:30')");
    this.storage = this.cluster.storageFor(this, 'backup', props.storage);
    this.keep = checkedRetention(this, props.keep ?? { last: 3, daily: 7, weekly: 4, monthly: 6 });
    if (props.guests !== undefined) this.only = new Set(check.list('guests', props.guests, 'vm').map(guest => ownGuest(this, guest)));
    this.compression = fraction(this, 'compression', props.compression ?? 1, 0.05);
    this.dailyChange = fraction(this, 'dailyChange', props.dailyChange ?? 0.05, 0);
    if (props.bandwidth !== undefined) this.bandwidth = bandwidth(this, props.bandwidth);
    this.cluster._addBackupJob(this);
    const ids = this.only && [...this.only].map(guest => guest.vmId).sort((a, b) => a - b);
    const isProtected = check.boolean('protected', props.protected ?? false);
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
      ...(this.bandwidth && { bwlimit: Math.floor((this.bandwidth.toMegabits() * 1e6) / 8 / 1024) }),
      ...(props.fleecing !== undefined && { fleecing: { enabled: true, storage: fleecing(this, props.fleecing).name } }),
      ...(props.mailTo !== undefined && {
        mailto: check
          .list('mailTo', props.mailTo, "'ops@example.net'")
          .map(to => check.text('mailTo', to, /^[^@\s,]+@[^@\s,]+$/, 'a mail address', 'ops@example.net')),
        mailnotification: 'failure',
      }),
      ...(isProtected && { protected: true }),
      dependsOn: [...this.storage.resources],
    });
    if (Site.find(this))
      onRender(this, output =>
        output.write(this, `devices/proxmox/${this.cluster.name}/backup/${this.name}/RESTORE.md`, restoreRunbook(this)),
      );
  }

  public covers(guest: ProxmoxGuest): boolean {
    return this.only?.has(guest) ?? true;
  }

  public get coverage(): BackupCoverage {
    const { standsOn } = this.storage;
    return {
      target: `${this.storage.type} ${this.storage.name}`,
      recoveryPoint: this.schedule.period,
      retention: longest(this.keep, this.schedule.period),
      ...(standsOn && { standsOn }),
    };
  }
}

const PROPS: readonly (keyof BackupJobProps)[] = [
  'schedule',
  'storage',
  'keep',
  'guests',
  'mode',
  'bandwidth',
  'fleecing',
  'mailTo',
  'protected',
  'compression',
  'dailyChange',
];

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

/** @throws BACKUP_ASSUMPTION */
function fraction(job: BackupJob, name: string, value: number, least: number): number {
  if (typeof value === 'number' && value >= least && value <= 1) return value;
  throw new ConfigError(job, 'BACKUP_ASSUMPTION', `${name} is a part of the disk, from ${least} to 1`, {
    got: value,
    fix: 'measure it on copies that are there, and write it like 0.5',
  });
}

/** @throws BACKUP_BANDWIDTH */
function bandwidth(job: BackupJob, given: Bandwidth): Bandwidth {
  const checked = new Check(job).instance('bandwidth', given, Bandwidth, 'Bandwidth.megabits(800)');
  if (checked.toMegabits() >= 8) return checked;
  throw new ConfigError(job, 'BACKUP_BANDWIDTH', 'bandwidth must be at least 8 Mb/s', {
    got: String(checked),
    fix: 'write Bandwidth.megabits(800)',
  });
}

/** @throws BACKUP_FLEECING */
function fleecing(job: BackupJob, given: ProxmoxStorage): ProxmoxStorage {
  const storage = job.cluster.storageFor(job, 'images', given);
  if (!storage.shared) return storage;
  throw new ConfigError(job, 'BACKUP_FLEECING', `lets writes wait on ${pathOf(storage)}, which is on the network like the target`, {
    fix: 'choose a local storage',
    see: 'https://pve.proxmox.com/wiki/Backup_and_Restore#_vm_backup_fleecing',
  });
}
