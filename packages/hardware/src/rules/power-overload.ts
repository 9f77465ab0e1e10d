import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { PowerFeed } from '../power-feed';

/** A feed must carry everything on it at once, also what fails over to it when the other feed of a device is gone. */
export const POWER_OVERLOAD: Rule = {
  code: 'POWER_OVERLOAD',
  severity: 'error',
  incident:
    'Feed A failed, every server with two supplies moved its draw to feed B, and its breaker opened as well: the whole row was dark.',
  *check(site) {
    for (const feed of site.findAll().filter(PowerFeed.isPowerFeed)) {
      const capacity = feed.capacity.power;
      if (feed.worstCase.toWatts() <= capacity.toWatts()) continue;
      const loads = feed.loads.map(load => `${pathOf(load.device)} ${load.power}`).sort();
      yield findingAt(
        feed,
        POWER_OVERLOAD,
        `carries ${capacity}, and up to ${feed.worstCase} hangs on it: ${loads.join(', ')}`,
        'move devices to another feed, or raise its capacity',
      );
    }
  },
};
