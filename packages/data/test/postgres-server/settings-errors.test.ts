import { Size } from '@ashlar/core';
import { gib, told } from './told';

const ERRORS: readonly [string, () => string, string][] = [
  [
    'too many sessions',
    () => told({ settings: { max_connections: 800 } }, { memory: gib(4) }),
    '[test/orders-db] at worst the server takes shared_buffers 1024 + max_connections 800 × (5 + work_mem 1 × 3) + maintenance_work_mem 256 × 3 autovacuum workers + 409 for the system = 8601 MiB, and the guest has 4096 MiB; write max_connections: 236 or less, with a pooler such as PgBouncer before it, or give the guest 9 GiB (POSTGRES_MEMORY_BUDGET)',
  ],
  [
    'too much memory for each sort',
    () => told({ settings: { work_mem: gib(1) } }),
    '[test/orders-db] at worst the server takes shared_buffers 4096 + max_connections 100 × (5 + work_mem 1024 × 3) + maintenance_work_mem 1024 × 3 autovacuum workers + 1638 for the system = 316506 MiB, and the guest has 16384 MiB; lower shared_buffers, work_mem or maintenance_work_mem, or give the guest 310 GiB (POSTGRES_MEMORY_BUDGET)',
  ],
  [
    'more buffers than memory',
    () => told({ settings: { shared_buffers: gib(15) } }),
    '[test/orders-db] at worst the server takes shared_buffers 15360 + max_connections 100 × (5 + work_mem 1 × 3) + maintenance_work_mem 1024 × 3 autovacuum workers + 1638 for the system = 20870 MiB, and the guest has 16384 MiB; lower shared_buffers, work_mem or maintenance_work_mem, or give the guest 21 GiB (POSTGRES_MEMORY_BUDGET)',
  ],
  [
    'a setting that is misspelt',
    () => told({ settings: { 'work-mem': Size.mebibytes(4) } }),
    '[test/orders-db] there is no setting work-mem to override; did you mean work_mem (POSTGRES_SETTING_UNKNOWN)',
  ],
  [
    'a setting that there is not',
    () => told({ settings: { geqo: 'off' } }),
    '[test/orders-db] there is no setting geqo to override; use one of max_connections, shared_buffers, effective_cache_size, autovacuum_max_workers, maintenance_work_mem, work_mem, temp_file_limit, huge_pages, max_wal_size, min_wal_size, max_slot_wal_keep_size, wal_buffers, checkpoint_timeout, checkpoint_completion_target, random_page_cost, effective_io_concurrency, maintenance_io_concurrency, max_worker_processes, max_parallel_workers, max_parallel_workers_per_gather, max_parallel_maintenance_workers, default_statistics_target (POSTGRES_SETTING_UNKNOWN)',
  ],
  [
    'a setting that follows from another prop',
    () => told({ settings: { archive_mode: 'off' } }),
    '[test/orders-db] settings.archive_mode is not to be overridden: backup says whether the log is archived; remove settings.archive_mode (POSTGRES_SETTING_OWNED)',
  ],
  [
    'durability switched off',
    () => told({ settings: { fsync: 'off' } }),
    '[test/orders-db] settings.fsync is not to be overridden: without it the loss of power destroys the data; remove settings.fsync (POSTGRES_SETTING_OWNED)',
  ],
  [
    'memory as a number',
    () => told({ settings: { work_mem: 64 } }),
    '[test/orders-db] settings.work_mem must be a Size of whole MiB, got 64; write work_mem: Size.mebibytes(64) (POSTGRES_SETTING_TYPE)',
  ],
  [
    'time as a number',
    () => told({ settings: { checkpoint_timeout: 15 } }),
    '[test/orders-db] settings.checkpoint_timeout must be a Duration of whole seconds, got 15; write checkpoint_timeout: Duration.minutes(15) (POSTGRES_SETTING_TYPE)',
  ],
  [
    'a part of a session',
    () => told({ settings: { max_connections: 10.5 } }),
    '[test/orders-db] settings.max_connections must be a whole number, got 10.5; write max_connections: 8 (POSTGRES_SETTING_TYPE)',
  ],
  [
    'a cost out of range',
    () => told({ settings: { random_page_cost: 0.1 } }),
    '[test/orders-db] settings.random_page_cost must be from 1 to 100, got "0.1"; choose a value inside the range (POSTGRES_SETTING_RANGE)',
  ],
  [
    'huge pages of a size',
    () => told({ settings: { huge_pages: '2MB' } }),
    '[test/orders-db] settings.huge_pages must be one of on, off, try, got "2MB"; write huge_pages: \'try\' (POSTGRES_SETTING_TYPE)',
  ],
  [
    'a workload that there is not',
    () => told({ workload: 'olap' }),
    '[test/orders-db] workload must be one of oltp, mixed, analytics, got "olap"; write workload: \'oltp\' (PROP_CHOICE)',
  ],
  [
    'a storage that there is not',
    () => told({ storage: 'nvme' }),
    '[test/orders-db] storage must be one of ssd, hdd, got "nvme"; write storage: \'ssd\' (PROP_CHOICE)',
  ],
];

test.each(ERRORS)('refuses %s', (_, action, text) => expect(action()).toBe(text));
