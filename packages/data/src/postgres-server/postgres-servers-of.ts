import type { Site } from '@ashlar/core';
import type { PostgresServer } from './postgres-server';

/** What marks a server, across copies of this package. */
export const SERVER = Symbol.for('@ashlar/data.PostgresServer');

export function isPostgresServer(x: unknown): x is PostgresServer {
  return typeof x === 'object' && x !== null && SERVER in x;
}

/** The servers of a site, engine trees included. */
export function postgresServersOf(site: Site): PostgresServer[] {
  return site.findAll().filter(isPostgresServer);
}
