import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';
import { peersOf } from '../server-access';

/** A server to which nobody may connect. */
export const postgresUnreached: Rule = {
  code: 'POSTGRES_UNREACHED',
  severity: 'warning',
  incident:
    'a database was rolled out without a declared client; somebody opened the firewall and pg_hba.conf by hand, and the next rollout closed them',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      if (peersOf(server).length === 0)
        yield findingAt(server, this, 'nobody may connect to it', 'write orders.connections.allowFrom(api)');
    }
  },
};
