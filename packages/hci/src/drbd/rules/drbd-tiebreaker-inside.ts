import { failureDomains, findingAt, pathOf, type Rule } from '@ashlar/core';
import { drbdClustersOf } from '../drbd-clusters-of';

/** The tiebreaker is lost with one of the copies that it decides between. */
export const DRBD_TIEBREAKER_INSIDE: Rule = {
  code: 'DRBD_TIEBREAKER_INSIDE',
  severity: 'error',
  incident: 'The third vote was a virtual router on one of the two nodes. That node failed, and the other stopped all writes.',
  *check(site) {
    for (const cluster of drbdClustersOf(site)) {
      const { tiebreaker } = cluster;
      if (!tiebreaker) continue;
      const domains = failureDomains(tiebreaker.standsOn);
      for (const node of cluster.nodes) {
        if (!domains.has(node.standsOn)) continue;
        yield findingAt(
          cluster,
          DRBD_TIEBREAKER_INSIDE,
          `the tiebreaker ${pathOf(tiebreaker.standsOn)} stands on ${pathOf(node.standsOn)}, and is lost with that copy`,
          'choose a machine of its own, which may be as small as a router',
        );
      }
    }
  },
};
