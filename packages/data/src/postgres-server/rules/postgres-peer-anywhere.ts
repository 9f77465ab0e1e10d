import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';
import { peersOf } from '../server-access';

/** A database that the whole Internet may try passwords on. */
export const postgresPeerAnywhere: Rule = {
  code: 'POSTGRES_PEER_ANYWHERE',
  severity: 'error',
  incident:
    'a database was opened to every address for an afternoon of tests; its tables were gone the next morning, with a note about bitcoin',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      for (const peer of peersOf(server)) {
        const open = peer.connections.endpoint.addresses().find(address => /\/0$/.test(address));
        if (open)
          yield findingAt(
            server,
            this,
            `${pathOf(peer)} may connect, which is every address (${open})`,
            'let in the application, or a tunnel of whoever works from outside',
          );
      }
    }
  },
};
