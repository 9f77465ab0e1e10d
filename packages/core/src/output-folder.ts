import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError } from './config-error';
import { Output } from './output';

const { INDEX } = Output;

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

  /**
   * @throws OUTPUT_FOREIGN_FILE when a file is in the way that no earlier run wrote
   * @throws OUTPUT_INDEX when the index of the earlier run cannot be read
   */
  public commit(files: ReadonlyMap<string, string>, owners: Readonly<Record<string, string>>): Committed {
    const ours = this.index();
    const changed = [...files].filter(([path, text]) => this.read(path) !== text);
    for (const [path] of changed) {
      const foreign = ours.has(path) ? undefined : this.inTheWay(path, ours);
      if (foreign === undefined) continue;
      throw new ConfigError(
        owners[path] ?? 'Site.synth',
        'OUTPUT_FOREIGN_FILE',
        `${foreign} exists and was not written by an earlier run`,
        { fix: `move it away, or restore ${INDEX}, which lists what belongs to the output` },
      );
    }
    const stale = [...ours.keys()].filter(path => !files.has(path));
    const index = `${JSON.stringify(owners, undefined, 2)}\n`;
    const indexChanged = this.read(INDEX) !== index;

    // The index names old and new files while both may be there: a run that is killed here leaves nothing unowned.
    if (changed.length + stale.length > 0)
      this.write(INDEX, `${JSON.stringify({ ...Object.fromEntries(ours), ...owners }, undefined, 2)}\n`);
    // Stale files first: one of them may be where a folder goes, or the same name in other letters.
    for (const path of stale) this.remove(path);
    for (const [path, text] of changed) this.write(path, text);
    if (indexChanged || changed.length + stale.length > 0) this.write(INDEX, index);
    return { written: changed.map(([path]) => path), removed: stale, unchanged: files.size - changed.length };
  }

  private index(): Map<string, string> {
    const text = this.read(INDEX);
    if (text === undefined) return new Map();
    let read: unknown;
    try {
      read = JSON.parse(text);
    } catch {
      throw new ConfigError('Site.synth', 'OUTPUT_INDEX', `${INDEX} in the output folder is not JSON`, { fix: 'restore it from Git' });
    }
    const entries = typeof read === 'object' && read !== null ? Object.entries(read) : [['']];
    // What it names is deleted when no longer produced, so a path out of the folder is never followed.
    const strange = entries.find(([path]) => !isInside(path as string));
    if (strange) {
      throw new ConfigError('Site.synth', 'OUTPUT_INDEX', `${INDEX} in the output folder is not an index of files in it`, {
        fix: 'restore it from Git',
      });
    }
    return new Map(entries as [string, string][]);
  }

  /** The file at or below `path` that is not ours. */
  private inTheWay(path: string, ours: ReadonlyMap<string, string>): string | undefined {
    const full = join(this.folder, path);
    if (!existsSync(full) || ours.has(path)) return undefined;
    if (!lstatSync(full).isDirectory()) return path;
    return readdirSync(full)
      .sort()
      .map(name => this.inTheWay(`${path}/${name}`, ours))
      .find(found => found !== undefined);
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
    // No output path holds a tilde, so the temporary file is never one of the others.
    writeFileSync(`${file}~`, text, { mode: 0o644 });
    renameSync(`${file}~`, file);
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

/** Relative, without empty or dotted steps. */
function isInside(path: string): boolean {
  return path.split('/').every(part => part !== '' && part !== '.' && part !== '..') && !path.includes('\\');
}
