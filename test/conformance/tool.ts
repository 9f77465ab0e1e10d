import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

interface Tool {
  readonly name: string;
  readonly version: string;
  readonly kind: string;
  readonly folder?: string;
  readonly binaries: readonly string[];
  /** Why it may be missing even in CI. @default - it may not */
  readonly optional?: string;
}

const TOOLS: readonly Tool[] = JSON.parse(readFileSync(join(__dirname, 'tools.json'), 'utf8'));

/** Where install-tools.mjs puts what it installs, and tests what is costly to make. */
export const CACHE = resolve(process.env.ASHLAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'ashlar'));

/** The root of the repository. */
export const ROOT = join(__dirname, '../..');

/** Path of a program of tools.json, or undefined when it is not installed. */
export function tool(binary: string): string | undefined {
  const entry = TOOLS.find(t => t.binaries.includes(binary));
  if (!entry) throw new Error(`${binary} is not in tools.json`);
  const path = join(CACHE, folderName(entry), 'bin', binary);
  return existsSync(path) ? path : undefined;
}

/** The reference schemas, custom resource definitions and chart values, which are not part of this repository. */
export function shared(): string | undefined {
  const folder = process.env.ASHLAR_SHARED ?? join(ROOT, '../shared');
  return existsSync(join(folder, 'conformance')) ? folder : undefined;
}

/** Outputs to check: `apps/<app>/out`, or those of another folder of apps. */
export function outputs(): { readonly app: string; readonly folder: string }[] {
  const apps = process.env.ASHLAR_CONFORMANCE_APPS ?? join(ROOT, 'apps');
  return readdirSync(apps)
    .sort()
    .map(app => ({ app, folder: join(apps, app, 'out') }))
    .filter(({ folder }) => existsSync(folder));
}

/** Every file below `folder` whose path passes `filter`, sorted. */
export function filesBelow(folder: string, filter: (path: string) => boolean): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
    .filter(filter)
    .sort();
}

/**
 * A suite that needs real consumers. Where one is missing, it is skipped with its reason in the title; in CI that fails.
 * @param needs programs of tools.json, and `shared` for the reference data
 */
export function describeWith(needs: readonly string[], title: string, suite: () => void): void {
  const missing = needs.filter(need => (need === 'shared' ? !shared() : !tool(need)));
  if (missing.length === 0) {
    describe(title, suite);
    return;
  }
  const reason = `SKIPPED: ${missing.map(name => (name === 'shared' ? '../shared is not beside the repository' : `${name} is not installed`)).join(', ')}`;
  const required = missing.some(need => !TOOLS.find(({ binaries }) => binaries.includes(need))?.optional);
  describe(title, () => {
    if (process.env.CI && required) {
      test(reason, () => {
        throw new Error(`${reason}; in CI it is required`);
      });
    } else {
      test.skip(reason, () => undefined);
    }
  });
}

function folderName(entry: Tool): string {
  if (entry.kind !== 'local') return `${entry.name}-${entry.version}`;
  const hash = createHash('sha256');
  const folder = join(__dirname, entry.folder as string);
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) hash.update(`${file}\0${readFileSync(join(folder, file))}`);
  return `${entry.name}-${hash.digest('hex').slice(0, 12)}`;
}
