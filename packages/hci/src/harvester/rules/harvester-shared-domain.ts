import { failureDomains, findingAt, pathOf, type Rule } from '@ashlar/core';
import { Machine, PowerFeed, Switch } from '@ashlar/hardware';
import { harvestersOf } from '../is-harvester-cluster';

/** Replicas on several machines are one copy when one rack, feed or switch takes all the machines with it. */
export const HARVESTER_SHARED_DOMAIN: Rule = {
  code: 'HARVESTER_SHARED_DOMAIN',
  severity: 'warning',
  incident: 'Three replicas stood in one rack. Water came through the ceiling above it.',
  *check(site) {
    const everything = site.node.findAll().filter(Machine.isMachine);
    for (const cluster of harvestersOf(site)) {
      if (cluster.storage.replicas < 2) continue;
      const machines = cluster.workers.map(node => node.machine);
      const [first, ...others] = machines.map(machine => failureDomains(machine));
      for (const domain of first ?? []) {
        if (!others.every(domains => domains.has(domain))) continue;
        // Feeds and switches that take every machine of the site are told of already.
        const site = everything.length === machines.length || everything.every(machine => failureDomains(machine).has(domain));
        if (site && (PowerFeed.isPowerFeed(domain) || Switch.isSwitch(domain))) continue;
        yield findingAt(
          cluster,
          HARVESTER_SHARED_DOMAIN,
          `keeps ${cluster.storage.replicas} replicas of each volume, and ${pathOf(domain)} takes all ${machines.length} machines with it`,
          'spread the machines, or acknowledge it with a reason',
        );
      }
    }
  },
};
