import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a command said. */
export interface Answer {
  readonly status: number | null;
  readonly output: string;
}

/**
 * A mount namespace of its own, in which `/etc` and `/proc/sys` are folders that can be written without anybody noticing, and
 * programs that would change the machine note only that they were called.
 */
export class PrivateSystem {
  public readonly folder = mkdtempSync(join(tmpdir(), 'ashlar-tuning-'));
  private readonly log = join(this.folder, 'called');

  /** @param silenced programs that are not run */
  constructor(silenced: readonly string[] = []) {
    cpSync('/etc', join(this.folder, 'etc'), { recursive: true, verbatimSymlinks: true });
    for (const part of ['proc-sys', 'bin']) mkdirSync(join(this.folder, part));
    writeFileSync(this.log, '');
    for (const name of silenced) {
      writeFileSync(join(this.folder, 'bin', name), `#!/bin/sh\necho "${name} $*" >> ${this.log}\n`, { mode: 0o755 });
    }
  }

  /** Puts files at absolute paths. */
  public put(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      const file = this.pathOf(path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  public read(path: string): string {
    return readFileSync(this.pathOf(path), 'utf8');
  }

  public remove(path: string): void {
    rmSync(this.pathOf(path));
  }

  /** Commands of silenced programs since the last call. */
  public called(): string[] {
    const lines = readFileSync(this.log, 'utf8').split('\n').filter(Boolean);
    writeFileSync(this.log, '');
    return lines;
  }

  /** Runs a command in it. */
  public run(command: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Answer {
    const mounts = `mount --bind ${this.folder}/etc /etc && mount --bind ${this.folder}/proc-sys /proc/sys && exec "$0" "$@"`;
    const { status, stdout, stderr } = spawnSync('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', mounts, command, ...args], {
      encoding: 'utf8',
      timeout: 280_000,
      env: { ...process.env, ...environment, PATH: `${this.folder}/bin:${process.env.PATH}` },
    });
    return { status, output: stdout + stderr };
  }

  public close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private pathOf(path: string): string {
    return path.startsWith('/proc/sys/') ? join(this.folder, 'proc-sys', path.slice('/proc/sys/'.length)) : join(this.folder, path);
  }
}
