import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import type { NodePool } from '../node-pool';
import { nodePoolsOf } from '../node-pools-of';
import { type PoolOpening, poolOpenings, withoutMembers } from '../pool-opening';

/** More rules than the firewall of the cloud holds. */
export const nodePoolFirewallFull: Rule = {
  code: 'NODE_POOL_FIREWALL_FULL',
  severity: 'error',
  incident: 'the sixty-first rule of a security group was refused in the middle of an apply, and the new service had no way in',
  *check(site: Site): Iterable<Finding> {
    for (const pool of nodePoolsOf(site)) {
      const { vendor, rules } = pool.cloud.facts;
      for (const direction of ['in', 'out'] as const) {
        const openings = poolOpenings(pool).filter(opening => opening.direction === direction);
        const count = rules.perPrefix ? openings.reduce((all, opening) => all + ends(pool, opening), 0) : openings.length;
        if (count <= rules.most) continue;
        const problem = `its firewall has ${count} rules for what ${direction === 'in' ? 'comes in' : 'goes out'}, and one of ${vendor} holds ${rules.most}`;
        yield findingAt(pool, this, problem, `let whole segments in instead of single hosts, see ${rules.see}`);
      }
    }
  },
};

/** Members together are one end, since a group can name itself. */
function ends(pool: NodePool, opening: PoolOpening): number {
  const { members, others } = withoutMembers(pool, opening);
  return others.length + (members ? 1 : 0);
}
