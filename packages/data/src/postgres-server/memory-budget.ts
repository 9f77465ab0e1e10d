import { ConfigError, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { mebibytes, reserved, SESSIONS, type ServerSize } from './server-size';
import { type Decided, SESSION_MEMORY } from './tuning-table';

/**
 * What a server takes at worst: its buffers, every session at once with what it sorts and hashes in, every autovacuum worker at
 * once, and a reserve for the system. What does not fit is killed by the kernel under the highest load.
 * @see https://www.postgresql.org/docs/current/kernel-resources.html#LINUX-MEMORY-OVERCOMMIT
 */
export class MemoryBudget {
  private readonly available: number;
  private readonly fixed: number;
  private readonly session: number;
  private readonly sessions: number;

  constructor(
    private readonly size: ServerSize,
    private readonly decided: Decided,
  ) {
    this.available = mebibytes(size.memory);
    this.fixed =
      reserved(size) + this.number('shared_buffers') + this.number('maintenance_work_mem') * this.number('autovacuum_max_workers');
    this.session = SESSION_MEMORY + this.number('work_mem') * SESSIONS[size.workload].workMemories;
    this.sessions = this.number('max_connections');
  }

  public get needed(): number {
    return this.fixed + this.sessions * this.session;
  }

  /** The sum, as a person would check it. */
  public get arithmetic(): string {
    const { workMemories } = SESSIONS[this.size.workload];
    return (
      `shared_buffers ${this.number('shared_buffers')} ` +
      `+ max_connections ${this.sessions} × (${SESSION_MEMORY} + work_mem ${this.number('work_mem')} × ${workMemories}) ` +
      `+ maintenance_work_mem ${this.number('maintenance_work_mem')} × ${this.number('autovacuum_max_workers')} autovacuum workers ` +
      `+ ${reserved(this.size)} for the system = ${this.needed} MiB`
    );
  }

  /** @throws POSTGRES_MEMORY_BUDGET */
  public check(scope: IConstruct): void {
    if (this.needed <= this.available) return;
    const fitting = Math.floor((this.available - this.fixed) / this.session);
    const fix =
      fitting >= 10
        ? `write max_connections: ${fitting} or less, with a pooler such as PgBouncer before it`
        : 'lower shared_buffers, work_mem or maintenance_work_mem';
    throw new ConfigError(
      scope,
      'POSTGRES_MEMORY_BUDGET',
      `at worst the server takes ${this.arithmetic}, and the guest has ${this.available} MiB`,
      {
        fix: `${fix}, or give the guest ${Size.mebibytes(Math.ceil(this.needed / 1024) * 1024)}`,
      },
    );
  }

  private number(name: string): number {
    return Number(this.decided[name]);
  }
}
