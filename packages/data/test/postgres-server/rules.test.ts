import { acknowledge, Size } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { PostgresReplica, PostgresRepository } from '../../src';
import { backup, lab, pair, secret, TestGuest, TestPeer } from './lab';

describe('rules', () => {
  test('POSTGRES_SERVER_ALONE says what the loss of the only server costs, and can be accepted', () => {
    const { server, site, api } = lab();
    const orders = server();
    orders.connections.allowFrom(api);
    expect(Testing.findings(site)).toEqual([
      'warning [test/orders-db] it has no replica: the loss of db1 costs the database for up to 4h and the changes of up to 5m; add a PostgresReplica, or acknowledge it with a reason (POSTGRES_SERVER_ALONE)',
    ]);
    acknowledge(orders, 'POSTGRES_SERVER_ALONE', 'four hours are agreed with the shop');
    expect(Testing.findings(site)).toEqual([]);
  });

  test('POSTGRES_SERVER_ALONE without copies costs all', () => {
    const { server, site, api } = lab();
    server({ backup: { waived: 'rebuilt from the catalogue every night' } }).connections.allowFrom(api);
    expect(Testing.findings(site)).toEqual([
      'warning [test/orders-db] it has no replica: the loss of db1 costs the database and all that is in it; add a PostgresReplica, or acknowledge it with a reason (POSTGRES_SERVER_ALONE)',
    ]);
  });

  test('a server with a replica on another host has nothing to report', () => {
    expect(Testing.findings(pair().site)).toEqual([]);
  });

  test('POSTGRES_REPLICA_ON_ONE_HOST names the host', () => {
    const { site, server, host, api } = lab();
    const of = server({ replicationPassword: secret('replication') });
    of.connections.allowFrom(api);
    const on = new TestGuest(site, 'db2', { ips: ['10.20.0.22'], on: host });
    new PostgresReplica(site, 'r', { of, on, tls: { certificate: secret('crt2'), key: secret('key2') } });
    expect(Testing.findings(site)).toEqual([
      'warning [test/r] it and its primary test/orders-db both stand on test/pve-01; place its guest on another machine (POSTGRES_REPLICA_ON_ONE_HOST)',
    ]);
  });

  test('POSTGRES_BACKUP_ON_GUEST when the only copies are lost with the guest', () => {
    const { server, site, api } = lab({ disks: { data: Size.gibibytes(100), wal: Size.gibibytes(20), backup: Size.gibibytes(300) } });
    const orders = server({ backup: { ...backup(), repository: PostgresRepository.disk('backup') } });
    orders.connections.allowFrom(api);
    acknowledge(orders, 'POSTGRES_SERVER_ALONE', 'a sandbox of one developer');
    expect(Testing.findings(site)).toEqual([
      'warning [test/orders-db] the only copies are on disk backup of test/db1, and are lost with it; write repository: PostgresRepository.s3({ … }) or nfs({ … }) (POSTGRES_BACKUP_ON_GUEST)',
    ]);
  });

  test('POSTGRES_PEER_ADDRESS when a peer cannot be told, POSTGRES_PEER_ANYWHERE when it is everybody', () => {
    const { server, site } = lab();
    const orders = server();
    orders.connections.allowFrom(new TestPeer(site, 'laptop', []));
    orders.connections.allowFrom(new TestPeer(site, 'internet', ['0.0.0.0/0', '::/0']));
    expect(Testing.findings(site).filter(finding => finding.startsWith('error'))).toEqual([
      'error [test/orders-db] test/laptop may connect and has no address by which it could be told; give it a fixed address, or let in the segment in which it is (POSTGRES_PEER_ADDRESS)',
      'error [test/orders-db] test/internet may connect, which is every address (0.0.0.0/0); let in the application, or a tunnel of whoever works from outside (POSTGRES_PEER_ANYWHERE)',
    ]);
  });

  test('POSTGRES_UNREACHED when nobody may connect', () => {
    const { server, site } = lab();
    acknowledge(server(), 'POSTGRES_SERVER_ALONE', 'a sandbox of one developer');
    expect(Testing.findings(site)).toEqual([
      'warning [test/orders-db] nobody may connect to it; write orders.connections.allowFrom(api) (POSTGRES_UNREACHED)',
    ]);
  });
});
