import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Copies } from '../copies';

/** A backup is for the loss of the original; so it stands on something else. */
export const BACKUP_TOGETHER: Rule = {
  code: 'BACKUP_TOGETHER',
  severity: 'warning',
  incident:
    'The backup server was a guest of the cluster that it backed up. The cluster lost its storage, and then everybody looked for the backups.',
  *check(site) {
    for (const { construct, backup, backupLostWith = [] } of Copies.of(site).holders) {
      const [nearest] = backupLostWith;
      if (!nearest || !backup || 'waived' in backup) continue;
      const cause = nearest === construct ? 'it is, as it is its own backup' : `${pathOf(nearest)} is`;
      yield findingAt(
        construct,
        BACKUP_TOGETHER,
        `is lost together with its backup (${backup.target}) when ${cause}`,
        'back it up to something that does not stand on it, best in another building, or acknowledge it with a reason',
      );
    }
  },
};
