import { mebibytes, type PostgresWorkload, reserved, SESSIONS, type ServerSize } from './server-size';

/** How a value is written: `memory` in MiB, `time` in seconds. */
export type ParameterKind = 'memory' | 'time' | 'count' | 'real' | 'text';

/** Values that were decided before, by name; memory in MiB, time in seconds. */
export type Decided = Readonly<Record<string, number | string>>;

/** One setting that follows from the size of the server. */
export interface TunedParameter {
  readonly kind: ParameterKind;
  readonly value: (size: ServerSize, decided: Decided) => number | string;
  /** How the value comes about, for whoever reads the file on the server. */
  readonly formula: string;
  /** Limits of an explicit value, in the unit of the kind. */
  readonly limits?: readonly [min: number, max: number];
  /** Page of the manual, below `https://www.postgresql.org/docs/<major>/`. */
  readonly page: string;
}

/** Memory of a session besides what it sorts and hashes in: its caches and buffers, in MiB. */
export const SESSION_MEMORY = 5;

/**
 * Every setting that is computed, in the order in which each needs those before it. The proportions are those of the manual where it
 * names one (a quarter for shared_buffers), else of the PostgreSQL wiki.
 * @see https://wiki.postgresql.org/wiki/Tuning_Your_PostgreSQL_Server
 */
export const TUNING: Readonly<Record<string, TunedParameter>> = {
  max_connections: {
    kind: 'count',
    value: size => Math.min(SESSIONS[size.workload].most, Math.floor(mebibytes(size.memory) / SESSIONS[size.workload].mebibytesEach)),
    formula: 'oltp 200, mixed 100, analytics 40, and one for each 32, 48, 96 MiB of memory at most',
    limits: [10, 5000],
    page: 'runtime-config-connection.html',
  },
  shared_buffers: {
    kind: 'memory',
    value: ({ memory }) => Math.floor(mebibytes(memory) / 4),
    formula: 'a quarter of the memory',
    limits: [128, 1_048_576],
    page: 'runtime-config-resource.html',
  },
  effective_cache_size: {
    kind: 'memory',
    value: ({ memory }) => Math.floor((mebibytes(memory) * 3) / 4),
    formula: 'three quarters of the memory: own buffers and what the kernel caches',
    limits: [128, 4_194_304],
    page: 'runtime-config-query.html',
  },
  autovacuum_max_workers: {
    kind: 'count',
    value: () => 3,
    formula: "PostgreSQL's own default",
    limits: [1, 20],
    page: 'runtime-config-autovacuum.html',
  },
  maintenance_work_mem: {
    kind: 'memory',
    value: ({ memory, major }) => Math.min(major >= 17 ? 2048 : 1024, Math.floor(mebibytes(memory) / 16)),
    formula: 'a sixteenth of the memory, at most 2 GB; 1 GB before release 17, whose vacuum uses no more',
    limits: [16, 65_536],
    page: 'runtime-config-resource.html',
  },
  work_mem: {
    kind: 'memory',
    value: workMemory,
    formula: 'what is left, over all sessions',
    limits: [1, 65_536],
    page: 'runtime-config-resource.html',
  },
  temp_file_limit: {
    kind: 'memory',
    value: ({ dataDisk }) => Math.floor(mebibytes(dataDisk) / 10),
    formula: 'a tenth of the data disk: one session cannot fill it',
    limits: [64, 16_777_216],
    page: 'runtime-config-resource.html',
  },
  huge_pages: { kind: 'text', value: () => 'try', formula: 'where the kernel has them', page: 'runtime-config-resource.html' },
  max_wal_size: {
    kind: 'memory',
    value: ({ workload, walDisk }) => Math.min(WAL[workload], Math.floor(mebibytes(walDisk) / 3)),
    formula: 'oltp 8, mixed 4, analytics 16 GB, and a third of the WAL disk at most',
    limits: [128, 1_048_576],
    page: 'runtime-config-wal.html',
  },
  min_wal_size: {
    kind: 'memory',
    value: (_, decided) => Math.max(80, Math.floor(Number(decided.max_wal_size) / 4)),
    formula: 'a quarter of max_wal_size',
    limits: [32, 1_048_576],
    page: 'runtime-config-wal.html',
  },
  max_slot_wal_keep_size: {
    kind: 'memory',
    value: ({ walDisk }) => Math.floor(mebibytes(walDisk) / 3),
    formula: 'a third of the WAL disk: a replica that is gone cannot fill it',
    limits: [64, 1_048_576],
    page: 'runtime-config-replication.html',
  },
  wal_buffers: {
    kind: 'memory',
    value: (_, decided) => Math.max(1, Math.min(16, Math.floor(Number(decided.shared_buffers) / 32))),
    formula: 'a thirty-second of shared_buffers, at most one segment of 16 MB',
    limits: [1, 1024],
    page: 'runtime-config-wal.html',
  },
  checkpoint_timeout: {
    kind: 'time',
    value: () => 900,
    formula: 'fewer full pages in the log',
    limits: [30, 86_400],
    page: 'runtime-config-wal.html',
  },
  checkpoint_completion_target: {
    kind: 'real',
    value: () => 0.9,
    formula: 'writes spread over the interval',
    limits: [0, 1],
    page: 'runtime-config-wal.html',
  },
  random_page_cost: {
    kind: 'real',
    value: ({ storage }) => (storage === 'ssd' ? 1.1 : 4),
    formula: 'ssd 1.1, hdd 4: what a seek costs beside a sequential read',
    limits: [1, 100],
    page: 'runtime-config-query.html',
  },
  effective_io_concurrency: {
    kind: 'count',
    value: ({ storage }) => (storage === 'ssd' ? 200 : 2),
    formula: 'ssd 200, hdd 2: reads that the disk serves at once',
    limits: [0, 1000],
    page: 'runtime-config-resource.html',
  },
  maintenance_io_concurrency: {
    kind: 'count',
    value: ({ storage }) => (storage === 'ssd' ? 200 : 10),
    formula: 'ssd 200, hdd 10',
    limits: [0, 1000],
    page: 'runtime-config-resource.html',
  },
  max_worker_processes: {
    kind: 'count',
    value: ({ cpus }) => Math.max(8, cpus + 4),
    formula: 'one for each processor and 4 for extensions and replication, at least 8',
    limits: [8, 1024],
    page: 'runtime-config-resource.html',
  },
  max_parallel_workers: {
    kind: 'count',
    value: ({ cpus }) => cpus,
    formula: 'one for each processor',
    limits: [0, 1024],
    page: 'runtime-config-resource.html',
  },
  max_parallel_workers_per_gather: {
    kind: 'count',
    value: ({ cpus, workload }) => Math.min(PARALLEL[workload], Math.floor(cpus / 2)),
    formula: 'half of the processors; oltp 2, mixed 4, analytics 16 at most',
    limits: [0, 1024],
    page: 'runtime-config-resource.html',
  },
  max_parallel_maintenance_workers: {
    kind: 'count',
    value: ({ cpus }) => Math.min(4, Math.floor(cpus / 2)),
    formula: 'half of the processors, at most 4',
    limits: [0, 1024],
    page: 'runtime-config-resource.html',
  },
  default_statistics_target: {
    kind: 'count',
    value: ({ workload }) => (workload === 'analytics' ? 500 : 100),
    formula: 'analytics 500 for plans over skewed data, else 100',
    limits: [1, 10_000],
    page: 'runtime-config-query.html',
  },
};

const WAL: Readonly<Record<PostgresWorkload, number>> = { oltp: 8192, mixed: 4096, analytics: 16_384 };
const PARALLEL: Readonly<Record<PostgresWorkload, number>> = { oltp: 2, mixed: 4, analytics: 16 };

/** What the budget of the memory leaves for each session; see {@link MemoryBudget}. */
function workMemory(size: ServerSize, decided: Decided): number {
  const { workMemories, workMemCap } = SESSIONS[size.workload];
  const sessions = Number(decided.max_connections);
  const fixed =
    reserved(size) + Number(decided.shared_buffers) + Number(decided.maintenance_work_mem) * Number(decided.autovacuum_max_workers);
  const left = mebibytes(size.memory) - fixed - sessions * SESSION_MEMORY;
  return Math.max(1, Math.min(workMemCap, Math.floor(left / (sessions * workMemories))));
}
