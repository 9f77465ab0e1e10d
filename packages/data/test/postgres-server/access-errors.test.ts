import { PostgresReplica } from '../../src';
import { lab } from './lab';
import { gib, message, replica, replicated, tls, told, type Wrong } from './told';

const ERRORS: readonly [string, () => string, string][] = [
  [
    'a peer as a role that there is not',
    () =>
      message(() => {
        const { server, api } = lab();
        server().allowFrom(api, 'admin');
      }),
    '[test/orders-db] allowFrom names a role that is not declared, got "admin"; use one of billing, orders, orders_api, reports, or declare it in roles (POSTGRES_ROLE_UNKNOWN)',
  ],
  [
    'a peer that is none',
    () =>
      message(() =>
        lab()
          .server()
          .allowFrom('10.20.0.31' as Wrong, 'orders'),
      ),
    '[test/orders-db] allowFrom takes something that has connections, got "10.20.0.31"; pass the construct itself: a workload, a VM, a VLAN (FLOW_PEER)',
  ],
  [
    'a password of replication as text',
    () => told({ replicationPassword: 'x' }),
    "[test/orders-db] replicationPassword must be a Secret; write replicationPassword: Secret.fromOpenBao('kv/postgres/orders', 'key') (PROP_TYPE)",
  ],
  [
    'a replica of something else',
    () => replica({ of: 'orders-db' as Wrong }),
    '[test/orders-db-2] of must be a PostgresServer, got "orders-db"; write of: orders (PROP_TYPE)',
  ],
  [
    'a replica of a server without a password for it',
    () => replica({}, {}, {}),
    "[test/orders-db-2] test/orders-db has no replicationPassword, so no replica can read its log; write replicationPassword: Secret.fromOpenBao('kv/postgres/orders', 'replication') in the server (POSTGRES_REPLICATION_PASSWORD)",
  ],
  [
    'a replica on the guest of its primary',
    () =>
      message(() => {
        const { server, site, on } = lab();
        new PostgresReplica(site, 'r', { of: server(replicated), on, tls });
      }),
    '[test/r] port 5432 of test/db1 is already that of test/orders-db; put it on a guest of its own, or its databases into that server (POSTGRES_PORT_TAKEN)',
  ],
  [
    'a replica on smaller disks',
    () => replica({}, { disks: { data: gib(50), wal: gib(20) } }),
    '[test/orders-db-2] disk data has 50 GiB, and that of test/orders-db has 100 GiB; enlarge it to 100 GiB; a replica holds all that its primary does (POSTGRES_REPLICA_DISK)',
  ],
  [
    'a replica with less memory than the sessions of its primary take',
    () => replica({}, { memory: gib(1) }),
    '[test/orders-db-2] at worst the server takes shared_buffers 256 + max_connections 100 × (5 + work_mem 1 × 3) + maintenance_work_mem 64 × 3 autovacuum workers + 256 for the system = 1504 MiB, and the guest has 1024 MiB; write max_connections: 40 or less, with a pooler such as PgBouncer before it, or give the guest 2 GiB (POSTGRES_MEMORY_BUDGET)',
  ],
];

test.each(ERRORS)('refuses %s', (_, action, text) => expect(action()).toBe(text));
