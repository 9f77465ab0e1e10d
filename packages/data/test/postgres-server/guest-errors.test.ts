import { Size } from '@ashlar/core';
import { PostgresServer, PostgresVersion } from '../../src';
import { backup, lab, shop } from './lab';
import { gib, message, told, type Wrong } from './told';

const ERRORS: readonly [string, () => string, string][] = [
  [
    'no guest',
    () => told({ on: 'db1' }),
    '[test/orders-db] on must be a guest of a hypervisor, with data disks, got "db1"; write on: cluster.guest(\'db1\', { … }) (POSTGRES_GUEST)',
  ],
  [
    'a guest without an address',
    () => told({}, { ips: [] }),
    "[test/orders-db] test/db1 has no fixed address, and the server listens on one; give the guest a host: servers.host('db1', 21) (POSTGRES_GUEST_ADDRESS)",
  ],
  [
    'a guest without enough memory',
    () => told({}, { memory: Size.mebibytes(512) }),
    '[test/orders-db] test/db1 needs 1 GiB of memory or more for a PostgreSQL server, got "512 MiB"; write memory: Size.gibibytes(1) or more in the guest (POSTGRES_MEMORY)',
  ],
  [
    'a guest without processors',
    () => told({}, { cores: 0 }),
    '[test/orders-db] test/db1 does not say how many processors it has; write cores: 2 in the guest (POSTGRES_CPUS)',
  ],
  [
    'a prop that there is not',
    () => told({ database: 'orders' } as Wrong),
    '[test/orders-db] there is no property database; use one of on, version, databases, roles, tls, backup, disks, workload, storage, settings, replicationPassword (PROP_UNKNOWN)',
  ],
  [
    'an id that is no name',
    () => message(() => new PostgresServer(lab().site, 'Orders', {} as Wrong)),
    '[test/Orders] the id of a PostgresServer must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Orders"; write it like web-1 (PROP_FORMAT)',
  ],
  [
    'a release that is out of support',
    () => told({ version: PostgresVersion.of('13.9-standard') }),
    '[test/orders-db] version must be of a supported major release: 15, 16, 17, 18, got 13; write version: PostgresVersion.V17, see https://www.postgresql.org/support/versioning/ (POSTGRES_MAJOR)',
  ],
  [
    'a release as a number',
    () => told({ version: 17 }),
    '[test/orders-db] version must be a PostgresVersion, got 17; write version: PostgresVersion.V17 (PROP_TYPE)',
  ],
  [
    'two servers on one guest',
    () =>
      message(() => {
        const { server, site, on } = lab();
        server();
        new PostgresServer(site, 'billing-db', { on, ...shop(), backup: backup() });
      }),
    '[test/billing-db] port 5432 of test/db1 is already that of test/orders-db; put it on a guest of its own, or its databases into that server (POSTGRES_PORT_TAKEN)',
  ],
  [
    'no disk for the data',
    () => told({}, { disks: { wal: gib(10) } }),
    '[test/orders-db] test/db1 has no data disk data for the data, only wal; write dataDisks: { data: Size.gibibytes(20) } in the guest, or name another of its disks (POSTGRES_DISK_MISSING)',
  ],
  [
    'no disk for the log',
    () => told({}, { disks: { data: gib(100) } }),
    '[test/orders-db] test/db1 has no data disk wal for the write-ahead log, only data; write dataDisks: { wal: Size.gibibytes(20) } in the guest, or name another of its disks (POSTGRES_DISK_MISSING)',
  ],
  [
    'no data disk at all',
    () => told({}, { disks: {} }),
    '[test/orders-db] test/db1 has no data disk data for the data, only the one it boots from; write dataDisks: { data: Size.gibibytes(20) } in the guest, or name another of its disks (POSTGRES_DISK_MISSING)',
  ],
  [
    'data and log on one disk',
    () => told({ disks: { wal: 'data' } }),
    '[test/orders-db] data and write-ahead log are both on disk data of test/db1; give the guest another disk: dataDisks: { data: …, wal: Size.gibibytes(10) } (POSTGRES_DISK_SHARED)',
  ],
  [
    'a data disk below the databases',
    () => told({}, { disks: { data: gib(50), wal: gib(10) } }),
    '[test/orders-db] billing 10 GiB + orders 40 GiB, and a fifth more, is 60 GiB, and disk data has 50 GiB; enlarge the disk, or declare smaller databases (POSTGRES_DATA_DISK_SMALL)',
  ],
  [
    'a disk for the log that is too small',
    () => told({}, { disks: { data: gib(100), wal: gib(1) } }),
    '[test/orders-db] disk wal for the write-ahead log must be 2 GiB or more, got "1 GiB"; write wal: Size.gibibytes(10) in the data disks of the guest (POSTGRES_WAL_DISK_SMALL)',
  ],
  [
    'more log than the disk holds twice',
    () => told({ settings: { max_wal_size: gib(11) } }),
    '[test/orders-db] max_wal_size 11264 MiB × 2 = 22528 MiB does not fit the WAL disk of 20 GiB; write max_wal_size: Size.mebibytes(6826) or less, or a larger WAL disk, see https://www.postgresql.org/docs/current/wal-configuration.html (POSTGRES_WAL_DISK_SMALL)',
  ],
];

test.each(ERRORS)('refuses %s', (_, action, text) => expect(action()).toBe(text));
