import { failureDomains, findingAt, pathOf, type Rule } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';

/** Copies that are lost with what they are copies of. */
export const HARVESTER_BACKUP_INSIDE: Rule = {
  code: 'HARVESTER_BACKUP_INSIDE',
  severity: 'warning',
  incident: 'The NFS server with the backups was a guest of the cluster that it kept the backups of.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      const target = cluster.backupTarget;
      const machines = cluster.nodes.map(node => node.machine);
      for (const support of target?.standsOn ?? []) {
        const inside =
          cluster.guests.find(guest => guest === support) ??
          [support, ...failureDomains(support)].find(one => machines.some(machine => machine === one));
        if (!target || !inside) continue;
        yield findingAt(
          target,
          HARVESTER_BACKUP_INSIDE,
          `keeps copies on ${pathOf(inside)}, which is ${cluster.guests.some(guest => guest === inside) ? 'a guest' : 'a machine'} of ${pathOf(cluster)} itself`,
          'keep them elsewhere, or acknowledge it with a reason',
        );
      }
    }
  },
};
