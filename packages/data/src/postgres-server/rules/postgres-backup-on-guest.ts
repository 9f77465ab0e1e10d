import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';

/** Copies that are on a disk of the guest itself. */
export const postgresBackupOnGuest: Rule = {
  code: 'POSTGRES_BACKUP_ON_GUEST',
  severity: 'warning',
  incident: 'a guest was deleted by mistake, and with it the disk on which its backups were',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      const place = server.copies?.repository.place;
      if (place?.kind !== 'disk') continue;
      yield findingAt(
        server,
        this,
        `the only copies are on disk ${place.disk} of ${pathOf(server.guest)}, and are lost with it`,
        'write repository: PostgresRepository.s3({ … }) or nfs({ … })',
      );
    }
  },
};
