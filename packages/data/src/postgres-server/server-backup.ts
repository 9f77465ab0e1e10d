import { Check, ConfigError, type IGuest } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { type PgBackRest, type PgBackRestProps, pgBackRest, repositorySize } from './pgbackrest';
import type { PostgresDatabase } from './postgres-databases';
import { diskOf, type PostgresDisks } from './postgres-disks';

/**
 * The copies that were asked for; undefined when there are none, for a reason.
 * @throws PROP_*, POSTGRES_BACKUP_WAIVED_TOO, POSTGRES_BACKUP_ON_DATA_DISK, POSTGRES_BACKUP_DISK_SMALL, and those of {@link pgBackRest}
 */
export function backupOf(
  scope: IConstruct,
  guest: IGuest,
  disks: PostgresDisks,
  databases: readonly PostgresDatabase[],
  given: PgBackRestProps | { readonly waived: string },
): PgBackRest | undefined {
  const check = new Check(scope);
  check.present('backup', given, "{ repository: PostgresRepository.s3({ … }), cipherPass: … }, or { waived: 'why not' }");
  if ('waived' in given) {
    if ('repository' in given) {
      throw new ConfigError(scope, 'POSTGRES_BACKUP_WAIVED_TOO', 'backup names a repository, and is waived', {
        fix: 'write one of the two',
      });
    }
    check.text('backup.waived', given.waived, /\S.{8,}\S/, 'a reason of at least 10 characters', 'rebuilt from the catalogue every night');
    return undefined;
  }
  const backup = pgBackRest(scope, given, databases);
  const { place } = backup.repository;
  if (place.kind === 'disk') checkDisk(scope, guest, disks, place.disk, backup, databases);
  return backup;
}

function checkDisk(
  scope: IConstruct,
  guest: IGuest,
  disks: PostgresDisks,
  name: string,
  backup: PgBackRest,
  databases: readonly PostgresDatabase[],
): void {
  const disk = diskOf(scope, guest, name, 'the backup');
  const [used] = Object.entries(disks).find(([, other]) => other.device === disk.device) ?? [];
  if (used) {
    const what = used === 'data' ? 'data' : 'write-ahead log';
    throw new ConfigError(
      scope,
      'POSTGRES_BACKUP_ON_DATA_DISK',
      `the backup is on disk ${name}, which holds the ${what}: both are lost together`,
      {
        fix: 'write repository: PostgresRepository.s3({ … }), or give the guest a disk for it',
      },
    );
  }
  const { copies, size } = repositorySize(backup, databases);
  if (size.toBytes() <= disk.size.toBytes()) return;
  throw new ConfigError(
    scope,
    'POSTGRES_BACKUP_DISK_SMALL',
    `${backup.retentionDays} days of retention keep ${copies} full copies, compressed to half their size ${size}, and disk ${name} has ${disk.size}`,
    { fix: 'enlarge the disk, or shorten backup.retention' },
  );
}
