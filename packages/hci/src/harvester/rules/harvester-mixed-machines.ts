import { findingAt, type Rule } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';

/** A running guest moves between equal processors only, and a drain waits for it to move. */
export const HARVESTER_MIXED_MACHINES: Rule = {
  code: 'HARVESTER_MIXED_MACHINES',
  severity: 'warning',
  incident:
    'The fourth node was a year younger. Guests that had started on it could not leave it, and its upgrade waited for them for a weekend.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      for (const guest of cluster.guests.filter(one => one.highAvailability)) {
        const models = [...new Set(guest.nodes.map(node => String(node.machine.model)))].sort();
        if (models.length < 2) continue;
        yield findingAt(
          guest,
          HARVESTER_MIXED_MACHINES,
          `is highly available, and may run on ${models.join(' and ')}: while it runs, it moves between equal processors only`,
          'let it run on machines of one model, or acknowledge it when their processors are equal',
        );
      }
    }
  },
};
