import { Check, ConfigError, Duration } from '@ashlar/core';
import type { Construct } from 'constructs';

/** Which backups of a guest are kept; the others are removed. @see https://pve.proxmox.com/wiki/Backup_and_Restore#vzdump_retention */
export interface Retention {
  /** The most recent ones (1–1000). */
  readonly last?: number;
  /** The last of each day (1–1000). */
  readonly daily?: number;
  /** The last of each week (1–1000). */
  readonly weekly?: number;
  /** The last of each month (1–1000). */
  readonly monthly?: number;
  /** The last of each year (1–1000). */
  readonly yearly?: number;
}

/** Days from one copy of a kind to the next; of the most recent ones, those of the schedule. */
const DAYS = { daily: 1, weekly: 7, monthly: 30, yearly: 365 } as const;

/** @throws BACKUP_KEEPS_NOTHING */
export function checkedRetention(job: Construct, keep: Retention): Retention {
  const check = new Check(job);
  const kinds = ['last', 'daily', 'weekly', 'monthly', 'yearly'] as const;
  check.known(keep, kinds);
  const given = kinds.filter(kind => keep[kind] !== undefined);
  for (const kind of given) check.integer(`keep.${kind}`, keep[kind] as number, 1, 1000);
  if (given.length === 0)
    throw new ConfigError(job, 'BACKUP_KEEPS_NOTHING', 'keep is empty, which fills the storage without end', {
      fix: 'write keep: { last: 3, daily: 7 }',
    });
  return Object.fromEntries(given.map(kind => [kind, keep[kind]]));
}

/** Days from each kept copy to the one before it: one number per copy. Each kind keeps copies that the finer ones do not. */
export function gapsOf(keep: Retention, period: Duration): number[] {
  const every = period.toSeconds() / 86_400;
  const kinds = { last: every, ...DAYS };
  return Object.entries(kinds).flatMap(([kind, days]) =>
    Array.from({ length: keep[kind as keyof Retention] ?? 0 }, () => Math.max(days, every)),
  );
}

/** Age of the oldest copy that is kept. */
export function longest(keep: Retention, period: Duration): Duration {
  const days = [
    ((keep.last ?? 0) * period.toSeconds()) / 86_400,
    ...Object.entries(DAYS).map(([kind, each]) => (keep[kind as keyof typeof DAYS] ?? 0) * each),
  ];
  return Duration.seconds(Math.round(Math.max(...days) * 86_400));
}
