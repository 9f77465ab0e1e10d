import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Machine } from '../machine';

/** A network port that its cable slows down. A fast switch with a slow machine is nothing to report: it waits for a better one. */
export const LINK_BELOW_CAPABILITY: Rule = {
  code: 'LINK_BELOW_CAPABILITY',
  severity: 'warning',
  incident:
    'Replicas were planned for 25 Gb/s, as on the data sheet of the card. The switch had 10 Gb/s; after the loss of a node the rebuild took two days instead of one.',
  *check(site) {
    for (const nic of site
      .findAll()
      .filter(Machine.isMachine)
      .flatMap(machine => machine.nics)) {
      const { link } = nic;
      if (!link || link.speed.toMegabits() >= nic.speed.toMegabits()) continue;
      const { port, forced } = link;
      yield findingAt(
        nic,
        LINK_BELOW_CAPABILITY,
        forced
          ? `is capable of ${nic.speed}, and its cable to ${pathOf(port)} is forced to ${link.speed}`
          : `is capable of ${nic.speed}, and ${pathOf(port)} of ${link.speed}`,
        forced ? 'leave speed out, or acknowledge it with a reason' : 'connect it to a faster port, or acknowledge it with a reason',
      );
    }
  },
};
