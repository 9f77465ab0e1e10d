import { failureDomains, findingAt, pathOf, type Rule } from '@ashlar/core';
import { drbdClustersOf } from '../drbd-clusters-of';

/** One thing that fails takes the majority of the votes, so that the mirror stops although a copy is left. */
export const DRBD_ONE_FAILURE_DOMAIN: Rule = {
  code: 'DRBD_ONE_FAILURE_DOMAIN',
  severity: 'warning',
  incident: 'Both halves of a mirror hung on one outlet strip. Its fuse blew, and the mirror was worth as much as a single disk.',
  *check(site) {
    for (const cluster of drbdClustersOf(site)) {
      const domains = cluster.votes.map(vote => failureDomains(vote.standsOn));
      for (const domain of new Set(domains.flatMap(all => [...all]))) {
        const lost = cluster.votes.filter((_, i) => domains[i]?.has(domain));
        if ((cluster.votes.length - lost.length) * 2 > cluster.votes.length) continue;
        yield findingAt(
          cluster,
          DRBD_ONE_FAILURE_DOMAIN,
          `${lost.length} of ${cluster.votes.length} votes stand on ${pathOf(domain)}: ${lost.map(vote => vote.name).join(', ')}`,
          'move one to another feed, switch or rack, or acknowledge it with a reason',
        );
      }
    }
  },
};
