import { Site, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { PostgresReplica, PostgresRepository, PostgresServer, type PostgresServerProps, PostgresVersion } from '../../../packages/data/src';
import { backup, secret, shop, TestGuest, type TestGuestProps, TestPeer } from '../../../packages/data/test/postgres-server/lab';

/** The files of a server on a guest that answers at 127.0.0.1, by their paths in the guest. */
export function renderedServer(
  major: number,
  props: Partial<PostgresServerProps> = {},
  guest: TestGuestProps = {},
  allow: (server: PostgresServer, site: Site) => void = () => undefined,
): Record<string, string> {
  const site = new Site('test', { domain: 'test.example.net' });
  const on = new TestGuest(site, 'db1', { ips: ['127.0.0.1'], ...guest });
  const version = PostgresVersion.of(`${major}.1-standard`);
  const server = new PostgresServer(site, 'orders-db', { on, version, ...shop(), backup: backup(), ...props });
  allow(server, site);
  return Object.fromEntries(Object.entries(Testing.files(site)).map(([path, text]) => [path.replace('devices/postgres/db1/', ''), text]));
}

/** A small server whose repository is a disk of the guest, so that a copy can be made without a network. */
export function sandbox(major: number, allow: (server: PostgresServer, site: Site) => void, settings = {}): Record<string, string> {
  const { databases, roles, tls } = shop();
  return renderedServer(
    major,
    {
      databases: { orders: { ...databases.orders, size: Size.gibibytes(2), extensions: ['pg_trgm'] } } as PostgresServerProps['databases'],
      roles: { orders: roles.orders, orders_api: roles.orders_api, reports: roles.reports } as PostgresServerProps['roles'],
      tls,
      backup: { repository: PostgresRepository.disk('backup'), cipherPass: secret('cipher') },
      settings,
    },
    { memory: Size.gibibytes(1), cores: 2, disks: { data: Size.gibibytes(4), wal: Size.gibibytes(2), backup: Size.gibibytes(10) } },
    allow,
  );
}

/** A peer with these prefixes. */
export function peer(site: Site, id: string, ...addresses: readonly string[]): TestPeer {
  return new TestPeer(site, id, addresses);
}

/** The files of a primary and of its replica, both on guests that answer at 127.0.0.1, by their paths in the guests. */
export function renderedPair(major: number): { primary: Record<string, string>; replica: Record<string, string> } {
  const site = new Site('test', { domain: 'test.example.net' });
  const size = { ips: ['127.0.0.1'], memory: Size.gibibytes(1), cores: 1 };
  const version = PostgresVersion.of(`${major}.1-standard`);
  const of = new PostgresServer(site, 'orders-db', {
    on: new TestGuest(site, 'db1', size),
    version,
    ...shop(),
    backup: { waived: 'another test copies it' },
    replicationPassword: secret('replication'),
  });
  new PostgresReplica(site, 'orders-db-2', {
    of,
    on: new TestGuest(site, 'db2', size),
    tls: { certificate: secret('crt2'), key: secret('key2') },
  });
  const files = (guest: string) =>
    Object.fromEntries(
      Object.entries(Testing.files(site)).flatMap(([path, text]) => {
        const folder = `devices/postgres/${guest}/`;
        return path.startsWith(folder) ? [[path.slice(folder.length), text]] : [];
      }),
    );
  return { primary: files('db1'), replica: files('db2') };
}
