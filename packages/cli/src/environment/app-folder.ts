import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigError } from '@ashlar/core';

/** The folder of an app, with a file of `clusters/` for each environment that it makes, and its output. */
export class AppFolder {
  /** Absolute path. */
  public readonly path: string;

  /** @throws ENVIRONMENT_APP */
  constructor(path: string) {
    this.path = resolve(path);
    if (existsSync(this.program)) return;
    throw new ConfigError(path, 'ENVIRONMENT_APP', 'is no app that can be synthesized: there is no lib/main.js in it', {
      fix: 'name the folder of an app with --app, and compile it: npm run build',
    });
  }

  /** What `npm run synth` runs. */
  public get program(): string {
    return join(this.path, 'lib', 'main.js');
  }

  /** What is of no interest to Git. */
  public get work(): string {
    return join(this.path, '.ashlar');
  }

  /** The file of an environment. */
  public fileOf(name: string): string {
    return join(this.path, 'clusters', `${name}.yaml`);
  }

  /** Names of environments that have a file, sorted. */
  public get environments(): readonly string[] {
    const folder = join(this.path, 'clusters');
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .flatMap(file => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
      .sort();
  }

  /** Text of every file of the output, by path. */
  public output(): ReadonlyMap<string, string> {
    const out = join(this.path, 'out');
    if (!existsSync(out)) return new Map();
    const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    const paths = files.map(entry => join(entry.parentPath ?? entry.path, entry.name)).sort();
    return new Map(paths.map(path => [path.slice(out.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]));
  }
}
