import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { postgresServersOf } from '../postgres-servers-of';

/** A server that nothing takes over from: what its loss means, in figures. */
export const postgresServerAlone: Rule = {
  code: 'POSTGRES_SERVER_ALONE',
  severity: 'warning',
  incident: 'the only database server was taken for highly available because there were nightly copies; its loss cost a day',
  *check(site: Site): Iterable<Finding> {
    for (const server of postgresServersOf(site)) {
      if (server.replicas.length > 0) continue;
      const { copies } = server;
      const loss = copies
        ? `the database for up to ${copies.recoveryTime.toGo()} and the changes of up to ${copies.recoveryPoint.toGo()}`
        : 'the database and all that is in it';
      yield findingAt(
        server,
        this,
        `it has no replica: the loss of ${server.guest.hostName} costs ${loss}`,
        'add a PostgresReplica, or acknowledge it with a reason',
      );
    }
  },
};
