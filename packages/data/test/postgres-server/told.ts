import { ConfigError, Size } from '@ashlar/core';
import { PostgresReplica, type PostgresReplicaProps, type PostgresServerProps } from '../../src';
import { lab, secret, shop, TestGuest, type TestGuestProps } from './lab';

// biome-ignore lint/suspicious/noExplicitAny: callers without types
export type Wrong = any;
export const gib = Size.gibibytes;

/** What is told when a server is made with these props, on a guest like this. */
export function told(props: Partial<Record<keyof PostgresServerProps, Wrong>>, guest: TestGuestProps = {}): string {
  return message(() => lab(guest).server(props));
}

export function message(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (ConfigError.isConfigError(error)) return error.message;
    throw error;
  }
  return 'nothing';
}

/** Roles with these names. */
export const some = (...names: string[]) => Object.fromEntries(names.map(name => [name, { password: secret(name) }]));

/** Props with one database, with something changed. */
export const database = (props: Wrong) => ({
  databases: { orders: { ...shop().databases.orders, ...props } },
  roles: some('orders', 'orders_api', 'reports'),
});

export const replicated = { replicationPassword: secret('replication') };
export const tls = { certificate: secret('crt2'), key: secret('key2') };

/** What is told when a replica is made with these props, on a guest like this, of a server like this. */
export function replica(
  props: Partial<PostgresReplicaProps>,
  guest: TestGuestProps = {},
  server: Partial<PostgresServerProps> = replicated,
): string {
  return message(() => {
    const { site, server: make } = lab();
    const of = make(server);
    new PostgresReplica(site, 'orders-db-2', { of, on: new TestGuest(site, 'db2', { ips: ['10.20.0.22'], ...guest }), tls, ...props });
  });
}
