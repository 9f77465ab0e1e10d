import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from './config-error';

/** Name of the index in every output folder: which construct wrote which file. */
const INDEX = 'files.json';

/** What a commit did to the disk. */
export interface Committed {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/**
 * A folder on disk that holds the output of one site, and nothing that a run would not know to be its own.
 *
 * Only what changed is written, each file at once (a temporary file, renamed). Files of an earlier run that are no
 * longer produced are removed; a file that no run wrote is never touched.
 */
export class OutputFolder {
  constructor(private readonly folder: string) {}

  /** @throws OUTPUT_FOREIGN_FILE when a file is in the way that no earlier run wrote */
  public commit(files: ReadonlyMap<string, string>, owners: Readonly<Record<string, string>>): Committed {
    const ours = this.index();
    const changed = [...files].filter(([path, text]) => this.read(path) !== text);
    const foreign = changed.find(([path]) => !ours.has(path) && existsSync(join(this.folder, path)));
    if (foreign) {
      throw new ConfigError(
        owners[foreign[0]] ?? 'Site.synth',
        'OUTPUT_FOREIGN_FILE',
        `${foreign[0]} exists and was not written by an earlier run`,
        {
          fix: `move it away, or restore ${INDEX}, which lists what belongs to the output`,
        },
      );
    }
    const stale = [...ours.keys()].filter(path => !files.has(path));
    const index = `${JSON.stringify(owners, undefined, 2)}\n`;
    const indexChanged = this.read(INDEX) !== index;

    // The index names old and new files while both may be there: a run that is killed here leaves nothing unowned.
    if (changed.length + stale.length > 0)
      this.write(INDEX, `${JSON.stringify({ ...Object.fromEntries(ours), ...owners }, undefined, 2)}\n`);
    for (const [path, text] of changed) this.write(path, text);
    for (const path of stale) this.remove(path);
    if (indexChanged || changed.length + stale.length > 0) this.write(INDEX, index);
    return { written: changed.map(([path]) => path), removed: stale, unchanged: files.size - changed.length };
  }

  private index(): Map<string, string> {
    const text = this.read(INDEX);
    if (text === undefined) return new Map();
    try {
      return new Map(Object.entries(JSON.parse(text)));
    } catch {
      throw new ConfigError('Site.synth', 'OUTPUT_INDEX', `${INDEX} in the output folder is not JSON`, { fix: 'restore it from Git' });
    }
  }

  private read(path: string): string | undefined {
    try {
      return readFileSync(join(this.folder, path), 'utf8');
    } catch {
      return undefined;
    }
  }

  private write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, text, { mode: 0o644 });
    renameSync(`${file}.new`, file);
  }

  private remove(path: string): void {
    rmSync(join(this.folder, path), { force: true });
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const full = join(this.folder, folder);
      if (!existsSync(full) || readdirSync(full).length > 0) break;
      rmdirSync(full);
    }
  }
}
