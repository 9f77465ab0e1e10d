import { type BackupCoverage, Check, ConfigError, Duration, Ledger, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import type { HarvesterGuest } from '../guests/harvester-guest';
import type { HarvesterCluster } from '../harvester-cluster';
import { isHarvesterCluster } from '../is-harvester-cluster';
import type { HarvesterBackupTarget } from './harvester-backup-target';

export interface HarvesterBackupJobProps {
  /** Where the copies go. */
  readonly target: HarvesterBackupTarget;
  /** When the first guest is copied each day, e.g. `22:00`; the others follow, ten minutes apart. UTC. */
  readonly from: string;
  /** How many copies of a guest are kept (2–250). @default 8 */
  readonly retain?: number;
  /** How many times in a row a copy may fail before Harvester stops making them (2 or more). @default 4 */
  readonly maxFailure?: number;
}

/**
 * A copy of every guest that holds data, each day. Harvester takes schedules that are ten minutes apart, so each guest has a
 * slot of its own, which it keeps through the ledger.
 * @see https://docs.harvesterhci.io/v1.7/vm/backup-restore#scheduling-virtual-machine-backups-and-snapshots
 */
export class HarvesterBackupJob extends Construct {
  public readonly cluster: HarvesterCluster;
  public readonly target: HarvesterBackupTarget;
  public readonly retain: number;
  public readonly maxFailure: number;
  private readonly minutes: number;

  /** @throws HARVESTER_BACKUP_JOB, LEDGER_MISSING */
  constructor(cluster: HarvesterCluster, id: string, props: HarvesterBackupJobProps) {
    if (!isHarvesterCluster(cluster)) {
      throw new ConfigError(String(id), 'PROP_TYPE', 'scope must be a HarvesterCluster', {
        got: cluster,
        fix: `write new HarvesterBackupJob(cluster, '${id}', …)`,
      });
    }
    super(vacant(cluster, id), id);
    this.cluster = cluster;
    const check = new Check(this);
    check.known(props, ['target', 'from', 'retain', 'maxFailure']);
    if (cluster.backupJob) {
      throw new ConfigError(
        this,
        'HARVESTER_BACKUP_JOB',
        `${pathOf(cluster)} already has ${pathOf(cluster.backupJob)}, and two schedules may not begin within ten minutes`,
        { fix: 'keep one of them' },
      );
    }
    if (props.target === undefined || props.target !== cluster.backupTarget) {
      throw new ConfigError(this, 'HARVESTER_BACKUP_JOB', `target must be that of ${pathOf(cluster)}`, {
        got: Construct.isConstruct(props.target) ? pathOf(props.target) : props.target,
        fix: "write target: new HarvesterBackupTarget(cluster, 'nas', { nfs: … })",
      });
    }
    this.target = props.target;
    const from = check.text('from', props.from, /^([01]\d|2[0-3]):[0-5]\d$/, 'a time from 00:00 to 23:59', '22:00');
    this.minutes = Number(from.slice(0, 2)) * 60 + Number(from.slice(3));
    this.retain = check.integer('retain', props.retain ?? 8, 2, 250);
    this.maxFailure = check.integer('maxFailure', props.maxFailure ?? 4, 2, 100);
    Ledger.of(this);
    cluster._setBackupJob(this);
  }

  public covers(guest: HarvesterGuest): boolean {
    return guest.cluster === this.cluster && guest.stateful && !guest.backupWaived;
  }

  public get coverage(): BackupCoverage {
    return {
      target: `Harvester ${this.target.label}`,
      recoveryPoint: Duration.days(1),
      retention: Duration.days(this.retain),
      ...(this.target.standsOn.length > 0 && { standsOn: this.target.standsOn }),
    };
  }

  /** When a guest is copied, as a line of cron. @throws LEDGER_FULL when the day has no slot left */
  public cronOf(guest: HarvesterGuest): string {
    const slot = Ledger.of(this).allocate(guest, `backup slots of ${this.cluster.name}`, guest.hostName, 0, SLOTS - 1, () => false);
    const minute = (this.minutes + slot * GAP) % (24 * 60);
    return `${minute % 60} ${Math.floor(minute / 60)} * * *`;
  }
}

/** Minutes between two schedules. */
const GAP = 10;
const SLOTS = (24 * 60) / GAP;
