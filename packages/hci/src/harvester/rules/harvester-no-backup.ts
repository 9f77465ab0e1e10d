import { findingAt, type Rule } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';

/** A guest that holds data of which nobody makes a copy: what is deleted is deleted in every replica. */
export const HARVESTER_NO_BACKUP: Rule = {
  code: 'HARVESTER_NO_BACKUP',
  severity: 'warning',
  incident: 'Three replicas were taken for a backup. An update emptied a table, and all three were empty within a millisecond.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      for (const guest of cluster.guests) {
        if (guest.backupDecided) continue;
        yield findingAt(
          guest,
          HARVESTER_NO_BACKUP,
          'holds data, and nothing backs it up',
          'create a HarvesterBackupJob in its cluster, or write stateful: false or notBackedUpBecause: …',
        );
      }
    }
  },
};
