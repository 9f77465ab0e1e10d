import { ConfigError, Duration, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { MemoryBudget } from './memory-budget';
import { mebibytes, type PostgresSettings, type ServerSize } from './server-size';
import { type ParameterKind, TUNING, type TunedParameter } from './tuning-table';

/** One line of the configuration. */
export interface Setting {
  readonly name: string;
  readonly value: string;
  /** Why it has this value. */
  readonly reason: string;
}

/** The settings of a server by its size, in the order of the table. */
export class PostgresTuning {
  public readonly settings: readonly Setting[];
  private readonly decided: Record<string, number | string> = {};

  /** @throws POSTGRES_SETTING_*, POSTGRES_MEMORY_BUDGET, POSTGRES_WAL_DISK_SMALL */
  constructor(scope: IConstruct, size: ServerSize, explicit: PostgresSettings) {
    for (const name of Object.keys(explicit)) refuseUnknown(scope, name);
    this.settings = Object.entries(TUNING).map(([name, parameter]) => {
      const given = explicit[name];
      this.decided[name] = given === undefined ? parameter.value(size, this.decided) : explicitValue(scope, name, parameter, given);
      const reason =
        given === undefined
          ? parameter.formula
          : `set explicitly; computed ${written(parameter.kind, parameter.value(size, this.decided))}`;
      return { name, value: written(parameter.kind, this.decided[name] as number | string), reason: `${reason} (${parameter.page})` };
    });
    new MemoryBudget(size, this.decided).check(scope);
    const wal = this.number('max_wal_size');
    if (wal * 2 > mebibytes(size.walDisk)) {
      throw new ConfigError(
        scope,
        'POSTGRES_WAL_DISK_SMALL',
        `max_wal_size ${wal} MiB × 2 = ${wal * 2} MiB does not fit the WAL disk of ${size.walDisk}`,
        {
          fix: `write max_wal_size: Size.mebibytes(${Math.floor(mebibytes(size.walDisk) / 3)}) or less, or a larger WAL disk`,
          see: 'https://www.postgresql.org/docs/current/wal-configuration.html',
        },
      );
    }
  }

  /** Memory in MiB, time in seconds. */
  public number(name: string): number {
    return Number(this.decided[name]);
  }
}

/** What is not to be overridden, and why. */
const OWNED: Readonly<Record<string, string>> = {
  listen_addresses: 'it listens on the addresses of the guest',
  port: 'the firewall and the clients know 5432',
  ssl: 'passwords and data would cross the network in clear',
  password_encryption: 'MD5 can be replayed',
  hba_file: 'connections.allowFrom says who may connect',
  data_directory: 'disks says where the data is',
  archive_mode: 'backup says whether the log is archived',
  archive_command: 'backup says where the log is archived',
  archive_timeout: 'backup.recoveryPoint says it',
  fsync: 'without it the loss of power destroys the data',
  full_page_writes: 'without it the loss of power destroys the data',
  hash_mem_multiplier: 'the budget of the memory counts on 2',
};

function refuseUnknown(scope: IConstruct, name: string): void {
  if (Object.hasOwn(TUNING, name)) return;
  if (Object.hasOwn(OWNED, name)) {
    throw new ConfigError(scope, 'POSTGRES_SETTING_OWNED', `settings.${name} is not to be overridden: ${OWNED[name]}`, {
      fix: `remove settings.${name}`,
    });
  }
  const near = Object.keys(TUNING).find(known => known.replaceAll('_', '') === name.toLowerCase().replace(/[-_]/g, ''));
  throw new ConfigError(scope, 'POSTGRES_SETTING_UNKNOWN', `there is no setting ${name} to override`, {
    fix: near ? `did you mean ${near}` : `use one of ${Object.keys(TUNING).join(', ')}`,
  });
}

const KINDS: Readonly<Record<ParameterKind, { what: string; example: string; amount: (value: unknown) => number | string | undefined }>> = {
  memory: {
    what: 'a Size of whole MiB',
    example: 'Size.mebibytes(64)',
    amount: value => (Size.is(value) ? value.toBytes() / 1024 ** 2 : undefined),
  },
  time: {
    what: 'a Duration of whole seconds',
    example: 'Duration.minutes(15)',
    amount: value => (Duration.is(value) ? value.toSeconds() : undefined),
  },
  count: { what: 'a whole number', example: '8', amount: value => (Number.isInteger(value) ? (value as number) : undefined) },
  real: { what: 'a number', example: '1.1', amount: value => (Number.isFinite(value) ? (value as number) : undefined) },
  text: {
    what: 'one of on, off, try',
    example: "'try'",
    amount: value => (['on', 'off', 'try'].includes(String(value)) ? String(value) : undefined),
  },
};

function explicitValue(scope: IConstruct, name: string, { kind, limits }: TunedParameter, given: unknown): number | string {
  const { what, example, amount } = KINDS[kind];
  const value = amount(given);
  if (value === undefined || (kind === 'memory' && !Number.isInteger(value))) {
    throw new ConfigError(scope, 'POSTGRES_SETTING_TYPE', `settings.${name} must be ${what}`, {
      got: Size.is(given) || Duration.is(given) ? String(given) : given,
      fix: `write ${name}: ${example}`,
    });
  }
  const [min, max] = limits ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  if (typeof value === 'number' && (value < min || value > max)) {
    throw new ConfigError(scope, 'POSTGRES_SETTING_RANGE', `settings.${name} must be from ${written(kind, min)} to ${written(kind, max)}`, {
      got: written(kind, value),
      fix: 'choose a value inside the range',
    });
  }
  return value;
}

/** As PostgreSQL writes it. @see https://www.postgresql.org/docs/current/config-setting.html */
function written(kind: ParameterKind, value: number | string): string {
  if (kind === 'time') return `${value}s`;
  return kind === 'memory' ? `${value}MB` : String(value);
}
