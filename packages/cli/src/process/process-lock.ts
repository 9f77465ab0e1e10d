import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, markOf, type ProcessMark } from './process-mark';

/**
 * A lock that one process has at a time, and that ends with it, however it ends.
 *
 * Each process that wants it writes a file of its own and then looks for others; so two never have it, and the file of a process that
 * was killed can be removed by anybody. Two that want it at the same moment may both be refused.
 */
export class ProcessLock {
  private readonly own: string;

  /**
   * @param folder where its files are
   * @param name what their names begin with
   */
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {
    this.own = join(folder, `${name}-${process.pid}`);
  }

  /** Takes it, or tells who has it. */
  public take(): ProcessMark | undefined {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const half = join(this.folder, `.${this.name}-${process.pid}`);
    writeFileSync(half, JSON.stringify(markOf(process.pid)), { mode: 0o600 });
    renameSync(half, this.own);
    const holder = this.holder();
    if (holder) this.release();
    return holder;
  }

  /** Another process that has it. */
  public holder(): ProcessMark | undefined {
    for (const file of this.files()) {
      const mark = read(file);
      if (mark && isRunning(mark)) return mark;
      rmSync(file, { force: true });
    }
    return undefined;
  }

  public release(): void {
    rmSync(this.own, { force: true });
  }

  /** Files of others. */
  private files(): string[] {
    const form = new RegExp(`^${this.name}-\\d+$`);
    return readdirSync(this.folder)
      .filter(file => form.test(file))
      .map(file => join(this.folder, file))
      .filter(file => file !== this.own);
  }
}

function read(file: string): ProcessMark | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessMark;
  } catch {
    return undefined;
  }
}
