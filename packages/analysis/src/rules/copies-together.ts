import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Copies } from '../copies';

/** Replicas are for the loss of the original; so one of them is elsewhere. */
export const COPIES_TOGETHER: Rule = {
  code: 'COPIES_TOGETHER',
  severity: 'warning',
  incident:
    'A mail server was replicated to the machine above it. Both hung on feed A of a rack with two, and so one breaker took the server and its replica.',
  *check(site) {
    for (const { construct, replication, replicasLostWith = [] } of Copies.of(site).holders) {
      const [nearest] = replicasLostWith;
      if (!nearest) continue;
      yield findingAt(
        construct,
        COPIES_TOGETHER,
        `is lost together with ${replication?.on?.length === 1 ? 'its only copy' : 'all its copies'} (${replication?.to.join(', ')}) when ${pathOf(nearest)} is`,
        'keep a copy on something that does not stand on it, or acknowledge it with a reason',
      );
    }
  },
};
