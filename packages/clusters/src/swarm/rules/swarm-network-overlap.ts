import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { swarmsOf } from '../swarms-of';

/** Networks of stacks over a segment of the site: what answers there is out of reach from every container. */
export const swarmNetworkOverlap: Rule = {
  code: 'SWARM_NETWORK_OVERLAP',
  severity: 'error',
  incident:
    "Docker's own pool is all of 10.0.0.0/8; the tenth stack got the prefix of the database segment, and its containers lost the database",
  *check(site: Site): Iterable<Finding> {
    const vlans = site.node.findAll().filter(Vlan.isVlan);
    for (const swarm of swarmsOf(site)) {
      const { addresses: pool } = swarm;
      for (const vlan of vlans) {
        const hit = vlan.subnets.find(({ family, network, end }) => family === pool.family && network <= pool.end && pool.network <= end);
        if (!hit) continue;
        const problem = `addressPool ${pool.cidr} overlaps ${hit.cidr} of ${pathOf(vlan)}`;
        yield findingAt(swarm, this, problem, 'choose a prefix that no segment has');
      }
    }
  },
};
