import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { JsonFile, Project, TextFile } from 'projen';
import type { Monorepo } from './monorepo';
import { VERSIONS } from './versions';

type External = Exclude<keyof typeof VERSIONS, 'node' | 'npm' | 'typescript'>;

export interface MemberOptions {
  readonly description: string;
  /** Packages of this workspace that it imports. */
  readonly uses?: readonly Member[];
  /** Libraries that are installed with it. */
  readonly deps?: readonly External[];
  /** Libraries that its users bring, because types of theirs are in its API. */
  readonly peers?: readonly External[];
  /** Peers of one entry point only. */
  readonly optionalPeers?: readonly External[];
}

interface Manifest extends MemberOptions {
  /** Names of libraries and of apps must not meet: both have a `hosting`. */
  readonly name: string;
  readonly dir: string;
  readonly layer?: number;
  readonly fields: Record<string, unknown>;
  readonly scripts: Record<string, string>;
  readonly entries?: readonly string[];
  readonly sources: { readonly rootDir: string; readonly include: readonly string[] };
}

/** A package or an app: its manifest, compiler and test configuration. */
export class Member extends Project {
  public readonly dir: string;
  public readonly layer?: number;
  public readonly version: string;
  public readonly private: boolean;
  public readonly shortName: string;
  /** What it may be imported by besides its index. */
  public readonly entries: readonly string[];

  constructor(root: Monorepo, shortName: string, options: Manifest) {
    super({ parent: root, name: options.name, outdir: options.dir });
    for (const file of ['.gitignore', '.gitattributes', '.projen/tasks.json', '.projen/deps.json', '.projen/files.json'])
      this.tryRemoveFile(file);
    this.dir = options.dir;
    this.layer = options.layer;
    this.shortName = shortName;
    this.entries = options.entries ?? [];
    this.version = currentVersion(options.dir);
    this.private = options.fields.private === true;
    root.members.push(this);

    const uses = options.uses ?? [];
    const versions = (names: readonly External[] = []) => Object.fromEntries(names.map(name => [name, VERSIONS[name]]));
    const workspace = Object.fromEntries(uses.map(m => [m.name, `^${m.version}`]));
    new JsonFile(this, 'package.json', {
      readonly: false, // changesets writes the version
      obj: {
        name: this.name,
        version: this.version,
        description: options.description,
        license: 'Apache-2.0',
        repository: { type: 'git', url: 'git+https://github.com/ashlar-dev/ashlar.git', directory: options.dir },
        type: 'commonjs',
        engines: { node: `>= ${VERSIONS.node}` },
        ...options.fields,
        scripts: { build: 'tsc -b', test: 'jest', ...options.scripts },
        dependencies: sorted({ ...workspace, ...versions(options.deps) }),
        peerDependencies: sorted(versions([...(options.peers ?? []), ...(options.optionalPeers ?? [])])),
        ...(options.optionalPeers && {
          peerDependenciesMeta: Object.fromEntries(options.optionalPeers.map(name => [name, { optional: true }])),
        }),
      },
    });

    const up = relative(options.dir, '.');
    new JsonFile(this, 'tsconfig.json', {
      marker: false,
      obj: {
        extends: `${up}/tsconfig.base.json`,
        compilerOptions: { composite: true, rootDir: options.sources.rootDir, outDir: 'lib', tsBuildInfoFile: 'lib/.tsbuildinfo' },
        include: options.sources.include,
        references: uses.map(m => ({ path: relative(options.dir, m.dir) })),
      },
    });
    new TextFile(this, 'jest.config.js', {
      lines: [`module.exports = { ...require('${up}/jest.preset.js'), displayName: '${shortName}', rootDir: __dirname };`],
    });
  }
}

/** The version that changesets last wrote; it alone decides. */
function currentVersion(dir: string): string {
  const manifest = join(dir, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : '0.0.0';
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
