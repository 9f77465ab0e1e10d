import type { Duration, Size } from '@ashlar/core';

/** Explicit values of settings, by PostgreSQL's names: a Size for memory, a Duration for time, else a number. */
export type PostgresSettings = Readonly<Record<string, Size | Duration | number | string>>;

/**
 * What the sessions do: many short transactions (`oltp`), few long queries over much data (`analytics`), or both (`mixed`).
 */
export type PostgresWorkload = 'oltp' | 'mixed' | 'analytics';

/** For what a server and its replicas are tuned. */
export interface ServerWorkload {
  readonly workload: PostgresWorkload;
  readonly storage: 'ssd' | 'hdd';
  /** Explicit settings. */
  readonly settings: PostgresSettings;
}

/** What the settings of a server are computed from. */
export interface ServerSize {
  readonly memory: Size;
  readonly cpus: number;
  readonly storage: 'ssd' | 'hdd';
  readonly workload: PostgresWorkload;
  readonly major: number;
  readonly dataDisk: Size;
  readonly walDisk: Size;
}

/**
 * What a session of each workload is given: how many sessions there are at most, for each how much memory of the guest there is at
 * least, and how much work memory it takes at once, as a multiple of `work_mem`: a hash takes two of them (`hash_mem_multiplier`).
 */
export const SESSIONS: Readonly<
  Record<PostgresWorkload, { most: number; mebibytesEach: number; workMemories: number; workMemCap: number }>
> = {
  oltp: { most: 200, mebibytesEach: 32, workMemories: 2, workMemCap: 64 },
  mixed: { most: 100, mebibytesEach: 48, workMemories: 3, workMemCap: 256 },
  analytics: { most: 40, mebibytesEach: 96, workMemories: 6, workMemCap: 2048 },
};

/** Memory of a size in whole MiB. */
export function mebibytes(size: Size): number {
  return Math.floor(size.toBytes() / 1024 ** 2);
}

/** What the operating system, the exporter and a backup keep, in MiB: a tenth of the memory, and at least 256. */
export function reserved(size: ServerSize): number {
  return Math.max(256, Math.floor(mebibytes(size.memory) / 10));
}
