import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ConfigError, toYaml } from '@ashlar/core';
import { ProcessLock } from '../process/process-lock';
import { AppFolder } from './app-folder';
import { synthesize } from './synthesis';

/** The content of `clusters/<name>.yaml`, in the form that the app reads. */
export type EnvironmentSpec = Readonly<Record<string, unknown>>;

export interface EnvironmentOptions {
  /** Folder of the app. @default - where the process is */
  readonly app?: string;
  /** Changes nothing, and only says what would change. @default false */
  readonly dryRun?: boolean;
}

/** What a change did to the output, or would do. Paths are relative to the output folder, sorted. */
export interface EnvironmentChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Adds an environment to an app: writes its file, and synthesizes. Where the app refuses it, all is as it was.
 * @throws ENVIRONMENT_APP, ENVIRONMENT_NAME, ENVIRONMENT_TAKEN, ENVIRONMENT_BUSY, ENVIRONMENT_REFUSED
 */
export async function addEnvironment(name: string, spec: EnvironmentSpec, options: EnvironmentOptions = {}): Promise<EnvironmentChange> {
  const app = new AppFolder(options.app ?? '.');
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) {
    throw new ConfigError('environment', 'ENVIRONMENT_NAME', 'the name of an environment is lower-case letters, digits and dashes', {
      got: name,
      fix: 'write it like media',
    });
  }
  if (app.environments.includes(name)) {
    throw new ConfigError(`clusters/${name}.yaml`, 'ENVIRONMENT_TAKEN', `there is an environment ${name} already`, {
      fix: 'choose another name, or edit the file and synthesize',
    });
  }
  return change(app, name, toYaml({ name, ...spec }), options.dryRun ?? false);
}

/**
 * Removes an environment from an app: its file, and what is synthesized from it. What runs goes on until somebody applies that.
 * @throws ENVIRONMENT_APP, ENVIRONMENT_UNKNOWN, ENVIRONMENT_BUSY, ENVIRONMENT_REFUSED
 */
export async function removeEnvironment(name: string, options: EnvironmentOptions = {}): Promise<EnvironmentChange> {
  const app = new AppFolder(options.app ?? '.');
  if (!app.environments.includes(name)) {
    throw new ConfigError(`clusters/${name}.yaml`, 'ENVIRONMENT_UNKNOWN', `there is no environment ${name}`, {
      fix: app.environments.length > 0 ? `use one of ${app.environments.join(', ')}` : 'the app has none',
    });
  }
  return change(app, name, undefined, options.dryRun ?? false);
}

/** Names of the environments of an app. @throws ENVIRONMENT_APP */
export function environmentsOf(app = '.'): readonly string[] {
  return new AppFolder(app).environments;
}

async function change(app: AppFolder, name: string, text: string | undefined, dryRun: boolean): Promise<EnvironmentChange> {
  const lock = new ProcessLock(app.work, 'environment');
  const holder = lock.take();
  if (holder) {
    throw new ConfigError(`clusters/${name}.yaml`, 'ENVIRONMENT_BUSY', `process ${holder.pid} changes the environments of this app`, {
      fix: 'wait until it has ended',
    });
  }
  const at = dryRun ? copyOf(app) : app;
  try {
    return await applied(at, name, text);
  } finally {
    if (at !== app) rmSync(at.path, { recursive: true, force: true });
    lock.release();
  }
}

async function applied(app: AppFolder, name: string, text: string | undefined): Promise<EnvironmentChange> {
  const file = app.fileOf(name);
  const [earlier, before] = [existsSync(file) ? readFileSync(file) : undefined, app.output()];
  let passed = false;
  try {
    const end = await synthesize(app, () => put(file, text));
    passed = end.passed;
    if (!passed) throw refusal(name, end.said);
    return difference(before, app.output());
  } finally {
    if (!passed) put(file, earlier);
  }
}

/** A copy inside the app, so that its program finds the same packages. */
function copyOf(app: AppFolder): AppFolder {
  mkdirSync(app.work, { recursive: true, mode: 0o700 });
  const copy = mkdtempSync(join(app.work, 'dry-run-'));
  for (const entry of readdirSync(app.path).filter(entry => !['node_modules', basename(app.work)].includes(entry))) {
    cpSync(join(app.path, entry), join(copy, entry), { recursive: true });
  }
  return new AppFolder(copy);
}

/** Writes a file at once, or removes it, and its folder with it when it was the last. */
function put(file: string, text: string | Buffer | undefined): void {
  const folder = dirname(file);
  if (text === undefined) {
    rmSync(file, { force: true });
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    return;
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${file}~`, text);
  renameSync(`${file}~`, file);
}

function refusal(name: string, said: string): ConfigError {
  const errors = said.split('\n').filter(line => /^\s*error \[/.test(line));
  const told = (errors.length > 0 ? errors : said.split('\n').slice(-10)).map(line => `  ${line.trim()}`);
  return new ConfigError(
    `clusters/${name}.yaml`,
    'ENVIRONMENT_REFUSED',
    ['the app refuses it, and nothing has changed', ...told].join('\n'),
  );
}

function difference(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): EnvironmentChange {
  const paths = [...after.keys()];
  return {
    added: paths.filter(path => !before.has(path)),
    changed: paths.filter(path => before.has(path) && before.get(path) !== after.get(path)),
    removed: [...before.keys()].filter(path => !after.has(path)),
  };
}
