import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import type { InstalledPostgres } from './installed-postgres';

/** What a program did. */
export interface Ran {
  readonly status: number | null;
  readonly out: string;
}

/** A port of 127.0.0.1 that nobody has now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}

/**
 * The files of one server below a temporary folder, and the real PostgreSQL on them. PostgreSQL does not run as root, so then its
 * programs run as Debian's user `postgres`.
 */
export class TestCluster {
  public readonly folder = mkdtempSync(join(tmpdir(), 'pg-'));
  /** As whom its programs run. */
  public readonly user = process.getuid?.() === 0 ? 'postgres' : userInfo().username;
  private readonly identity: { uid?: number; gid?: number } = {};

  constructor(
    public readonly postgres: InstalledPostgres,
    public readonly port: number,
  ) {
    if (process.getuid?.() === 0) {
      const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
      Object.assign(this.identity, { uid: id('-u'), gid: id('-g') });
    }
    for (const path of ['run', 'log', 'lock', 'srv/postgres/data', 'srv/postgres/wal', 'srv/postgres/backup']) this.make(path);
    this.own(this.folder);
  }

  public get configuration(): string {
    return join(this.folder, `etc/postgresql/${this.postgres.major}/main`);
  }

  public get data(): string {
    return join(this.folder, `srv/postgres/data/${this.postgres.major}/main`);
  }

  /** Text for this folder and port instead of the paths and the port of a guest. */
  public adapted(text: string): string {
    return text
      .replace(/\/(srv\/postgres|etc\/postgresql|etc\/ashlar|usr\/local)\//g, `${this.folder}/$1/`)
      .replaceAll('/var/run/postgresql', join(this.folder, 'run'))
      .replaceAll(`/usr/lib/postgresql/${this.postgres.major}/bin`, this.postgres.binaries)
      .replace(/\b(port ?= ?|pg1-port=)5432/g, `$1${this.port}`)
      .replace(/ peer$/gm, ' peer map=test');
  }

  /** Writes a file below the folder, as the server's own. */
  public write(path: string, text: string, mode = 0o600): string {
    const file = join(this.folder, path);
    this.make(dirname(path));
    writeFileSync(file, text);
    this.own(file);
    chmodSync(file, mode);
    return file;
  }

  /** @param asMe as the user of the test, who alone may read what is in their cache */
  public program(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '', asMe = false): Ran {
    const path = name.includes('/') ? name : join(this.postgres.binaries, name);
    const { status, stdout, stderr } = spawnSync(path, args, {
      encoding: 'utf8',
      input,
      timeout: 120_000,
      cwd: this.folder,
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: this.folder, ...env },
      ...(asMe ? {} : this.identity),
    });
    return { status, out: stdout + stderr };
  }

  public initialize(): Ran {
    const wal = join(this.folder, `srv/postgres/wal/${this.postgres.major}/main`);
    for (const path of [this.data, wal]) this.make(dirname(path).slice(this.folder.length + 1));
    return this.program('initdb', ['-D', this.data, '-X', wal, '-U', 'postgres', '-k', '-E', 'UTF8', '--locale=C.UTF-8', '-A', 'peer']);
  }

  public start(env: Readonly<Record<string, string>> = {}): Ran {
    const log = join(this.folder, 'log/postgres.log');
    const options = `-c config_file=${join(this.configuration, 'postgresql.conf')}`;
    return this.program('pg_ctl', ['-D', this.data, '-l', log, '-o', options, '-w', '-t', '60', 'start'], env);
  }

  public stop(): void {
    this.program('pg_ctl', ['-D', this.data, '-m', 'immediate', '-w', '-t', '30', 'stop']);
  }

  /** As the administrator, over the socket. */
  public sql(text: string, database = 'postgres'): Ran {
    return this.program(
      'psql',
      ['-XAtq', '-v', 'ON_ERROR_STOP=1', '-h', join(this.folder, 'run'), '-p', String(this.port), '-U', 'postgres', '-d', database],
      {},
      text,
    );
  }

  public remove(): void {
    this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private make(path: string): void {
    let at = this.folder;
    for (const part of path.split('/')) {
      at = join(at, part);
      mkdirSync(at, { recursive: true, mode: 0o700 });
      this.own(at);
    }
  }

  private own(path: string): void {
    if (this.identity.uid !== undefined && statSync(path).uid === 0) chownSync(path, this.identity.uid, this.identity.gid as number);
  }
}
