import { findingAt, type Rule } from '@ashlar/core';
import { Machine } from '../machine';
import { PowerFeed } from '../power-feed';

/** When every machine hangs on one feed only, clusters of any size are gone with it. */
export const SINGLE_FEED: Rule = {
  code: 'SINGLE_FEED',
  severity: 'warning',
  incident:
    'Three hypervisors in high availability shared one outlet strip; a plugged-in vacuum cleaner tripped it, and all three went down.',
  *check(site) {
    const all = site.findAll();
    const machines = all.filter(Machine.isMachine);
    if (machines.length < 2) return;
    for (const feed of all.filter(PowerFeed.isPowerFeed)) {
      if (!machines.every(machine => machine.feeds.length === 1 && machine.feeds[0] === feed)) continue;
      yield findingAt(
        feed,
        SINGLE_FEED,
        `all ${machines.length} machines hang on this one feed`,
        'feed some from another circuit, or acknowledge it with a reason',
      );
    }
  },
};
