import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { nodePoolsOf } from '../node-pools-of';
import { poolOpenings } from '../pool-opening';

/** A flow by a protocol that the firewall of the cloud cannot name, so that it could open everything or nothing. */
export const nodePoolProtocol: Rule = {
  code: 'NODE_POOL_PROTOCOL',
  severity: 'error',
  incident:
    'SCTP between two signalling servers passed in the lab and was dropped in the cloud, whose firewall knows TCP, UDP and ICMP only',
  *check(site: Site): Iterable<Finding> {
    for (const pool of nodePoolsOf(site)) {
      const { vendor, sctp } = pool.cloud.facts;
      if (sctp) continue;
      const unknown = poolOpenings(pool).find(({ port }) => port.protocol === 'sctp');
      if (!unknown) continue;
      const problem = `lets ${unknown.port} ${unknown.direction === 'in' ? 'in from' : 'out to'} ${unknown.others[0]}, and firewalls of ${vendor} know no SCTP`;
      yield findingAt(pool, this, problem, 'carry it in UDP, or run it in another cloud');
    }
  },
};
