import { License, SampleFile } from 'projen';
import { Member, type MemberOptions } from './member';
import type { Monorepo } from './monorepo';

export interface ConstructLibraryOptions extends MemberOptions {
  /** It may import packages of lower layers only. */
  readonly layer: number;
  /** More entry points than the index, by file name in `src` without ending. */
  readonly entries?: readonly string[];
  /** Commands that it installs, and their files in `src` without ending. */
  readonly bin?: Readonly<Record<string, string>>;
  /** Command that writes `src/generated` before the build. */
  readonly generate?: string;
}

/** A publishable package of `packages/`. */
export class ConstructLibrary extends Member {
  constructor(root: Monorepo, shortName: string, options: ConstructLibraryOptions) {
    const entry = (name: string) => ({
      '@ashlar/source': `./src/${name}.ts`,
      types: `./lib/${name}.d.ts`,
      default: `./lib/${name}.js`,
    });
    super(root, shortName, {
      ...options,
      name: `@ashlar/${shortName}`,
      dir: `packages/${shortName}`,
      fields: {
        keywords: ['cdk', 'cdk8s', 'cdktf', 'constructs', 'private-cloud'],
        main: './lib/index.js',
        types: './lib/index.d.ts',
        exports: {
          '.': entry('index'),
          ...Object.fromEntries((options.entries ?? []).map(name => [`./${name}`, entry(name)])),
          './package.json': './package.json',
        },
        ...(options.bin && { bin: Object.fromEntries(Object.entries(options.bin).map(([name, file]) => [name, `./lib/${file}.js`])) }),
        files: ['lib', 'src', '!lib/.tsbuildinfo'],
        sideEffects: false,
        publishConfig: { access: 'public', provenance: true },
      },
      scripts: options.generate ? { generate: options.generate } : {},
      sources: { rootDir: 'src', include: ['src/**/*.ts'] },
    });
    new License(this, { spdx: 'Apache-2.0' });
    new SampleFile(this, 'README.md', { contents: `# ${this.name}\n\n${options.description}.\n` });
  }
}
