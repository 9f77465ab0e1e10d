import { type Finding, failureDomains, findingAt, isProvider, pathOf, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';

/** A replica that the host of its primary takes with it. */
export const postgresReplicaOnOneHost: Rule = {
  code: 'POSTGRES_REPLICA_ON_ONE_HOST',
  severity: 'warning',
  incident: 'primary and replica ran on the same hypervisor; when its mainboard failed there was nothing to promote',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      const hosts = failureDomains(server);
      for (const replica of server.replicas) {
        const shared = [...failureDomains(replica)].find(host => hosts.has(host) && isProvider(host) && host.capacity.memory);
        if (shared)
          yield findingAt(
            replica,
            this,
            `it and its primary ${pathOf(server)} both stand on ${pathOf(shared)}`,
            'place its guest on another machine',
          );
      }
    }
  },
};
