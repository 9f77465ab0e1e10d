import { type BackupCoverage, Check, ConfigError, Duration, Secret, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { PostgresDatabase } from './postgres-databases';
import { PostgresRepository } from './postgres-repository';

/** Copies by pgBackRest: all of the server each Sunday, what has changed each other night, and the log as it is written. */
export interface PgBackRestProps {
  readonly repository: PostgresRepository;
  /** Password by which the repository is encrypted; without it no copy can be read. */
  readonly cipherPass: Secret;
  /** How far back one can restore to any moment; whole days, at least 1. @default 30 days */
  readonly retention?: Duration;
  /** The most that may be lost: after this time an unfinished segment of the log is archived too. 10 s to 1 h @default 5 minutes */
  readonly recoveryPoint?: Duration;
  /** The longest that a restore may take; the weekly drill measures it. @default 4 hours */
  readonly recoveryTime?: Duration;
}

/** What is copied where, or why nothing is. */
export interface PgBackRest {
  readonly repository: PostgresRepository;
  readonly cipherPass: Secret;
  readonly retentionDays: number;
  readonly recoveryPoint: Duration;
  readonly recoveryTime: Duration;
}

/** Bytes a second at which a restore is counted upon: half of a gigabit link, decompressed to as much again. */
const RESTORE_RATE = 100e6;

/** @throws PROP_*, POSTGRES_RETENTION, POSTGRES_RECOVERY_POINT, POSTGRES_RECOVERY_TIME, POSTGRES_ARCHIVE_REPOSITORY */
export function pgBackRest(scope: IConstruct, props: PgBackRestProps, databases: readonly PostgresDatabase[]): PgBackRest {
  const check = new Check(scope);
  check.known(props, ['repository', 'cipherPass', 'retention', 'recoveryPoint', 'recoveryTime', 'waived']);
  if (!PostgresRepository.is(props.repository)) {
    throw new ConfigError(scope, 'POSTGRES_ARCHIVE_REPOSITORY', 'the log is archived, and backup.repository does not say where', {
      ...(props.repository !== undefined && { got: props.repository }),
      fix: "write repository: PostgresRepository.s3({ … }), or backup: { waived: 'why not' }",
    });
  }
  check.instance('backup.cipherPass', props.cipherPass, Secret, "Secret.fromOpenBao('kv/postgres/backup', 'cipher')");
  const retention = check.instance('backup.retention', props.retention ?? Duration.days(30), Duration, 'Duration.days(30)');
  const days = retention.toSeconds() / 86_400;
  if (!Number.isInteger(days) || days < 1) {
    throw new ConfigError(scope, 'POSTGRES_RETENTION', 'backup.retention must be whole days, 1 or more', {
      got: String(retention),
      fix: 'write retention: Duration.days(30)',
    });
  }
  const recoveryPoint = check.instance('backup.recoveryPoint', props.recoveryPoint ?? Duration.minutes(5), Duration, 'Duration.minutes(5)');
  if (recoveryPoint.toSeconds() < 10 || recoveryPoint.toSeconds() > 3600) {
    throw new ConfigError(scope, 'POSTGRES_RECOVERY_POINT', 'backup.recoveryPoint must be from 10 seconds to 1 hour', {
      got: String(recoveryPoint),
      fix: 'write recoveryPoint: Duration.minutes(5); each one archives up to 16 MB',
    });
  }
  const recoveryTime = check.instance('backup.recoveryTime', props.recoveryTime ?? Duration.hours(4), Duration, 'Duration.hours(4)');
  refuseSlow(scope, recoveryTime, databases);
  return { repository: props.repository, cipherPass: props.cipherPass, retentionDays: days, recoveryPoint, recoveryTime };
}

export function coverageOf({ repository, recoveryPoint, retentionDays }: PgBackRest): BackupCoverage {
  return { target: repository.description, recoveryPoint, retention: Duration.days(retentionDays) };
}

/** What a repository on a disk has to hold: a full copy a week until the first is out of retention, and one in the making, at half their size. */
export function repositorySize({ retentionDays }: PgBackRest, databases: readonly PostgresDatabase[]): { copies: number; size: Size } {
  const copies = Math.ceil(retentionDays / 7) + 2;
  return { copies, size: Size.bytes(Math.ceil((Size.sum(databases.map(d => d.size)).toBytes() * copies) / 2)) };
}

function refuseSlow(scope: IConstruct, allowed: Duration, databases: readonly PostgresDatabase[]): void {
  const size = Size.sum(databases.map(d => d.size));
  const seconds = Math.ceil(size.toBytes() / RESTORE_RATE);
  if (seconds <= allowed.toSeconds()) return;
  throw new ConfigError(
    scope,
    'POSTGRES_RECOVERY_TIME',
    `a restore of ${size} takes ${seconds} s at 100 MB/s, and backup.recoveryTime allows ${allowed.toSeconds()} s`,
    {
      fix: `write recoveryTime: Duration.hours(${Math.ceil(seconds / 3600)}), or keep less in one server`,
    },
  );
}
