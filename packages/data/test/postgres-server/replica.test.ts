import { Duration, pathOf, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../../network/test/golden';
import { PostgresReplica } from '../../src';
import { lab, pair, secret, TestGuest } from './lab';

const file = (files: Record<string, string>, path: string) => files[`devices/postgres/db1/${path}`];
const GOLDEN = '../../../data/test/golden/postgres-server';
const STAGING = 'etc/ashlar/postgres';

describe('a replica', () => {
  test('is made of these files', () => {
    const files = Testing.files(pair().site);
    for (const name of ['10-ashlar.conf', 'pg_hba.conf', 'setup', 'conninfo']) {
      expectGolden(`${GOLDEN}/db2/${STAGING}/${name}`, files[`devices/postgres/db2/${STAGING}/${name}`]);
    }
  });

  test('is let in to read the log, and has a slot that keeps it', () => {
    const { site, replica } = pair();
    const files = Testing.files(site);
    expect(replica.slot).toBe('db2');
    expect(file(files, `${STAGING}/pg_hba.conf`)).toMatch(/^hostssl +replication +replicator +10.20.0.22\/32 +scram-sha-256$/m);
    expect(file(files, `${STAGING}/bootstrap.sql`)).toContain("pg_create_physical_replication_slot('db2', true)");
    expect(file(files, `${STAGING}/10-ashlar.conf`)).not.toContain('synchronous_standby_names');
  });

  test('lets in whom its primary lets in, and nobody to read the log', () => {
    const { site, guest } = pair();
    const hba = Testing.files(site)[`devices/postgres/db2/${STAGING}/pg_hba.conf`];
    expect(hba).toContain('10.20.0.31/32');
    expect(hba).not.toContain('replicator');
    expect(guest.connections.ingress.map(({ from }) => pathOf(from))).toEqual(['test/api']);
  });

  test('has no fewer sessions and workers than its primary', () => {
    const { site, server } = lab({ memory: Size.gibibytes(32), cores: 16 });
    const of = server({ replicationPassword: secret('replication'), workload: 'oltp' });
    const on = new TestGuest(site, 'db2', { ips: ['10.20.0.22'], memory: Size.gibibytes(16), cores: 2 });
    new PostgresReplica(site, 'r', { of, on, tls: { certificate: secret('crt2'), key: secret('key2') } });
    const conf = Testing.files(site)[`devices/postgres/db2/${STAGING}/10-ashlar.conf`];
    expect(conf).toContain('max_connections = 200\n');
    expect(conf).toContain('max_worker_processes = 20\n');
  });

  test('that is synchronous loses no commit, and stops writing when it is the only one', () => {
    const { orders, site } = pair(true);
    expect(orders.replication).toEqual({ to: ['db2'], recoveryPoint: Duration.seconds(0) });
    expect(file(Testing.files(site), `${STAGING}/10-ashlar.conf`)).toContain("synchronous_standby_names = 'ANY 1 (db2)'");
    expect(Testing.findings(site)).toEqual([
      'warning [test/orders-db-2] every commit of test/orders-db waits for db2, so that the loss of either stops writing; add a second synchronous replica, or write synchronous: false (POSTGRES_SYNC_ALL)',
    ]);
  });
});
