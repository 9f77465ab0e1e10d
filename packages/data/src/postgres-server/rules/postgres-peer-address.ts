import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';
import { peersOf } from '../server-access';

/** A peer without an address: there is nothing to write into `pg_hba.conf`. */
export const postgresPeerAddress: Rule = {
  code: 'POSTGRES_PEER_ADDRESS',
  severity: 'error',
  incident:
    'a client had been let in before it had an address; the line was left out, and the application found the database closed on release day',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      for (const peer of peersOf(server)) {
        if (peer.connections.endpoint.addresses().length > 0) continue;
        yield findingAt(
          server,
          this,
          `${pathOf(peer)} may connect and has no address by which it could be told`,
          'give it a fixed address, or let in the segment in which it is',
        );
      }
    }
  },
};
