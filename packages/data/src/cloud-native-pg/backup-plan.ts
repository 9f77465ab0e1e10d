import { type BackupCoverage, Check, type Port, warn } from '@ashlar/core';
import { PostgresBackup } from './postgres-backup';
import type { PostgresCluster, PostgresClusterProps } from './postgres-cluster';

/** The copies that were asked for, or the reason why there are none; and the way out to the store. */
export function backupPlan(
  scope: PostgresCluster,
  given: PostgresClusterProps['backup'],
): { coverage: BackupCoverage; backup?: PostgresBackup; opening?: Port } {
  if (given === undefined) {
    warn(
      scope,
      'POSTGRES_NO_BACKUP',
      'nothing copies the database to another place',
      "write backup: { destination: 's3://backups/orders', … }, or backup: { waived: 'why not' }",
    );
    return { coverage: { waived: 'nobody has decided' } };
  }
  if ('waived' in given) {
    const waived = new Check(scope).text(
      'backup.waived',
      given.waived,
      /\S.{8,}\S/,
      'a reason of at least 10 characters',
      'rebuilt from the catalogue every night',
    );
    return { coverage: { waived } };
  }
  const backup = new PostgresBackup(scope, 'Backup', scope, given);
  if (!given.server) return { coverage: backup.coverage, backup, opening: backup.port };
  scope.connections.allowTo(given.server, backup.port);
  return { coverage: backup.coverage, backup };
}
