import { Duration } from '@ashlar/core';
import { PostgresRepository } from '../../src';
import { backup, lab, secret, shop, TestGuest } from './lab';
import { gib, message, told, type Wrong } from './told';

const ERRORS: readonly [string, () => string, string][] = [
  [
    'no certificate',
    () => told({ tls: undefined }),
    "[test/orders-db] tls is missing; write tls: { certificate: Secret.fromOpenBao('kv/postgres/orders', 'crt'), key: … } (PROP_MISSING)",
  ],
  [
    'a key as text',
    () => told({ tls: { ...shop().tls, key: 'PEM' } }),
    "[test/orders-db] tls.key must be a Secret; write tls.key: Secret.fromOpenBao('kv/postgres/orders', 'key') (PROP_TYPE)",
  ],
  [
    'no authority',
    () => told({ tls: { certificate: secret('crt'), key: secret('tls_key') } }),
    "[test/orders-db] tls.authority is missing; write tls.authority: Secret.fromOpenBao('kv/postgres/orders', 'key') (PROP_MISSING)",
  ],
  [
    'no word about copies',
    () => told({ backup: undefined }),
    "[test/orders-db] backup is missing; write backup: { repository: PostgresRepository.s3({ … }), cipherPass: … }, or { waived: 'why not' } (PROP_MISSING)",
  ],
  [
    'a waiver without a reason',
    () => told({ backup: { waived: 'no' } }),
    '[test/orders-db] backup.waived must be a reason of at least 10 characters, got "no"; write it like rebuilt from the catalogue every night (PROP_FORMAT)',
  ],
  [
    'a waiver and a repository',
    () => told({ backup: { ...backup(), waived: 'rebuilt every night' } }),
    '[test/orders-db] backup names a repository, and is waived; write one of the two (POSTGRES_BACKUP_WAIVED_TOO)',
  ],
  [
    'an archive without a repository',
    () => told({ backup: { cipherPass: secret('cipher') } }),
    "[test/orders-db] the log is archived, and backup.repository does not say where; write repository: PostgresRepository.s3({ … }), or backup: { waived: 'why not' } (POSTGRES_ARCHIVE_REPOSITORY)",
  ],
  [
    'copies without encryption',
    () => told({ backup: { ...backup(), cipherPass: undefined } }),
    "[test/orders-db] backup.cipherPass is missing; write backup.cipherPass: Secret.fromOpenBao('kv/postgres/backup', 'cipher') (PROP_MISSING)",
  ],
  [
    'a retention of nothing',
    () => told({ backup: { ...backup(), retention: Duration.days(0) } }),
    '[test/orders-db] backup.retention must be whole days, 1 or more, got "0s"; write retention: Duration.days(30) (POSTGRES_RETENTION)',
  ],
  [
    'a recovery point below a segment',
    () => told({ backup: { ...backup(), recoveryPoint: Duration.seconds(1) } }),
    '[test/orders-db] backup.recoveryPoint must be from 10 seconds to 1 hour, got "1s"; write recoveryPoint: Duration.minutes(5); each one archives up to 16 MB (POSTGRES_RECOVERY_POINT)',
  ],
  [
    'a recovery time that no restore keeps',
    () => told({ backup: { ...backup(), recoveryTime: Duration.minutes(5) } }),
    '[test/orders-db] a restore of 50 GiB takes 537 s at 100 MB/s, and backup.recoveryTime allows 300 s; write recoveryTime: Duration.hours(1), or keep less in one server (POSTGRES_RECOVERY_TIME)',
  ],
  [
    'copies on the data disk',
    () => told({ backup: { ...backup(), repository: PostgresRepository.disk('data') } }),
    '[test/orders-db] the backup is on disk data, which holds the data: both are lost together; write repository: PostgresRepository.s3({ … }), or give the guest a disk for it (POSTGRES_BACKUP_ON_DATA_DISK)',
  ],
  [
    'copies on the disk of the log',
    () => told({ backup: { ...backup(), repository: PostgresRepository.disk('wal') } }),
    '[test/orders-db] the backup is on disk wal, which holds the write-ahead log: both are lost together; write repository: PostgresRepository.s3({ … }), or give the guest a disk for it (POSTGRES_BACKUP_ON_DATA_DISK)',
  ],
  [
    'copies on a disk that there is not',
    () => told({ backup: { ...backup(), repository: PostgresRepository.disk('backup') } }),
    '[test/orders-db] test/db1 has no data disk backup for the backup, only data, wal; write dataDisks: { backup: Size.gibibytes(20) } in the guest, or name another of its disks (POSTGRES_DISK_MISSING)',
  ],
  [
    'copies that do not fit their disk',
    () =>
      told(
        { backup: { ...backup(), repository: PostgresRepository.disk('backup') } },
        { disks: { data: gib(100), wal: gib(20), backup: gib(50) } },
      ),
    '[test/orders-db] 30 days of retention keep 7 full copies, compressed to half their size 175 GiB, and disk backup has 50 GiB; enlarge the disk, or shorten backup.retention (POSTGRES_BACKUP_DISK_SMALL)',
  ],
  [
    'a bucket with capitals',
    () => message(() => PostgresRepository.s3({ bucket: 'Orders' } as Wrong)),
    '[PostgresRepository.s3] bucket must be the name of a bucket, got "Orders"; write it like orders-backup (PROP_FORMAT)',
  ],
  [
    'an endpoint with a scheme',
    () => message(() => PostgresRepository.s3({ bucket: 'orders', endpoint: 'https://s3.example.net' } as Wrong)),
    '[PostgresRepository.s3] endpoint must be a host name without scheme and path, got "https://s3.example.net"; write it like s3.example.net (PROP_FORMAT)',
  ],
  [
    'a key of the store as text',
    () =>
      message(() => PostgresRepository.s3({ bucket: 'orders', endpoint: 's3.example.net', region: 'eu', accessKeyId: 'AKIA' } as Wrong)),
    "[PostgresRepository.s3] accessKeyId must be a Secret; write accessKeyId: Secret.fromOpenBao('kv/postgres/backup', 'key') (PROP_TYPE)",
  ],
  [
    'an export that is relative',
    () => message(() => PostgresRepository.nfs({ path: 'export' } as Wrong)),
    '[PostgresRepository.nfs] path must be an absolute path, got "export"; write it like /export/orders (PROP_FORMAT)',
  ],
  [
    'an NFS server without an address',
    () => message(() => PostgresRepository.nfs({ path: '/export', server: new TestGuest(lab().site, 'nas', { ips: [] }) })),
    '[PostgresRepository.nfs] the server has no address to mount from; pass a host or a machine with an address (POSTGRES_REPOSITORY_ADDRESS)',
  ],
];

test.each(ERRORS)('refuses %s', (_, action, text) => expect(action()).toBe(text));
