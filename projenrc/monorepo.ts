import { JsonFile, javascript, TextFile, typescript } from 'projen';
import type { Member } from './member';
import { TOOLS, VERSIONS } from './versions';

/** Compiler options of every package; each package's own tsconfig adds only its folders and references. */
const COMPILER = {
  target: 'ES2022',
  lib: ['ES2022'],
  module: 'node16',
  moduleResolution: 'node16',
  strict: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUncheckedIndexedAccess: true,
  isolatedModules: true,
  declaration: true,
  declarationMap: true,
  sourceMap: true,
  stripInternal: true,
  skipLibCheck: true,
  esModuleInterop: true,
  forceConsistentCasingInFileNames: true,
  types: ['node'],
};

/** What a developer can run; the README explains each. */
const SCRIPTS: Record<string, string> = {
  build: 'turbo run build',
  synth: 'turbo run synth',
  test: 'turbo run test //#test:repo',
  'test:repo': 'jest --config jest.config.js',
  conformance: 'npm run build && npm run synth && jest --config test/conformance/jest.config.js --runInBand',
  'conformance:install': 'node test/conformance/install-tools.mjs',
  bench: 'npm run build && node --expose-gc test/bench/main.mjs',
  lint: 'biome check .',
  format: 'biome check --write .',
  types: 'npm run build && tsc -p tsconfig.check.json',
  layers: 'node test/layers/cruise.mjs',
  publint: 'npm run build && node scripts/check-packages.mjs',
  docs: 'npm run build && typedoc',
  gen: 'tsx .projenrc.ts',
  lock: 'npm install && node scripts/fill-lock.mjs',
};

/** The workspace root: one lock file, one compiler configuration, one task graph. */
export class Monorepo extends typescript.TypeScriptProject {
  public readonly members: Member[] = [];

  constructor() {
    super({
      name: 'ashlar',
      description: 'Construct libraries for a private cloud on your own hardware, one model from rack to service mesh',
      defaultReleaseBranch: 'main',
      packageManager: javascript.NodePackageManager.NPM,
      license: 'Apache-2.0',
      licensed: true,
      copyrightOwner: 'The Ashlar authors',
      copyrightPeriod: '2026',
      minNodeVersion: VERSIONS.node,
      typescriptVersion: VERSIONS.typescript,
      projenVersion: '0.103.25',
      projenrcTs: true,
      projenrcTsOptions: { runner: typescript.TypeScriptRunner.tsx({ typeCheck: false }) },
      disableTsconfig: true,
      devDeps: [...TOOLS],

      allowScripts: [],
      gitignore: ['node_modules/', 'lib/', '*.tsbuildinfo', '.turbo/', 'coverage/', '/docs/api/', 'packages/provider-*/src/generated/'],
      github: false,
      depsUpgrade: false,
      eslint: false,
      jest: false,
      package: false,
      sampleCode: false,
      release: false,
      buildWorkflow: false,
      pullRequestTemplate: false,
      npmignoreEnabled: false,
      readme: undefined,
    } as typescript.TypeScriptProjectOptions);

    for (const name of Object.keys(this.package.manifest.scripts ?? {})) this.package.removeScript(name);
    for (const task of this.tasks.all) this.package.removeScript(task.name);
    this.package.removeScript('projen');
    for (const [name, command] of Object.entries(SCRIPTS)) this.package.setScript(name, command);
    for (const field of ['main', 'types', 'publishConfig']) this.package.addField(field, undefined);
    this.package.addField('private', true);
    this.package.addField('workspaces', ['packages/*', 'apps/*']);
    this.package.addField('packageManager', `npm@${VERSIONS.npm}`);
    this.package.addField('devEngines', undefined);
    this.package.addField('repository', { type: 'git', url: 'git+https://github.com/ashlar-dev/ashlar.git' });

    this.gitignore.addPatterns('/test/readme/'); // after projen's own !/test/
    this.npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
    this.npmrc.addConfig('fund', 'false');
    this.npmrc.addConfig('audit', 'false');

    this.tryRemoveFile('tsconfig.dev.json'); // tsconfig.check.json covers tests and this file
    this.compilation();
    this.taskGraph();
    this.testing();
    this.quality();
  }

  private compilation(): void {
    this.json('tsconfig.base.json', { compilerOptions: COMPILER });
    this.json('tsconfig.json', () => ({ files: [], references: this.members.map(m => ({ path: m.dir })) }));
    this.json('tsconfig.check.json', {
      extends: './tsconfig.base.json',
      compilerOptions: { noEmit: true, composite: false, declaration: false, declarationMap: false, types: ['node', 'jest'] },
      include: ['.projenrc.ts', 'projenrc/**/*.ts', 'packages/*/test/**/*.ts', 'scripts/**/*.ts', 'apps/*/test/**/*.ts', 'test/**/*.ts'],
      exclude: ['**/node_modules', '**/lib', 'test/layers/fixtures', 'test/readme'],
    });
  }

  private taskGraph(): void {
    this.json('turbo.json', () => ({
      $schema: './node_modules/turbo/schema.json',
      ui: 'stream',
      envMode: 'strict',
      globalDependencies: ['tsconfig.base.json', 'jest.preset.js'],
      globalPassThroughEnv: ['CI', 'ASHLAR_SHARED', 'ASHLAR_CACHE', 'ASHLAR_CONFORMANCE_APPS', 'XDG_CACHE_HOME'],
      tasks: {
        generate: { inputs: ['schema.lock.json', 'bindings.json', '$TURBO_ROOT$/scripts/bindings/**'], outputs: ['src/generated/**'] },
        build: {
          dependsOn: ['^build', 'generate'],
          inputs: ['src/**', '*.ts', 'tsconfig.json', 'package.json', '!src/generated/**'],
          outputs: ['lib/**'],
        },
        test: { dependsOn: ['build'], inputs: ['src/**', 'test/**', '*.ts', '*.json', 'README.md'], outputs: [] },
        '//#test:repo': {
          dependsOn: this.members.filter(m => m.private).map(m => `${m.name}#synth`),
          inputs: [
            'test/**',
            '!test/conformance/**',
            '.projenrc.ts',
            'projenrc/**',
            'packages/*/src/**',
            'packages/*/README.md',
            'README.md',
            'docs/**',
            'CONTRIBUTING.md',
            'scripts/**',
            'apps/*/*.ts',
          ],
          outputs: [],
        },
        synth: { dependsOn: ['build'], inputs: ['*.ts', '*.json', '*.yaml', 'clusters/**'], outputs: ['out/**'] },
      },
    }));
  }

  private testing(): void {
    new TextFile(this, 'jest.preset.js', {
      lines: [
        '/** Shared jest configuration. @swc/jest only strips types; `npm run types` checks them. */',
        'module.exports = {',
        "  testEnvironment: 'node',",
        "  testMatch: ['<rootDir>/test/**/*.test.ts'],",
        '  testTimeout: 60_000, // a bound for a machine that is busy, no measure',
        "  transform: { '^.+\\\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' }] },",
        '};',
      ],
    });
    new TextFile(this, 'jest.config.js', {
      lines: [
        "module.exports = { ...require('./jest.preset.js'), displayName: 'repo', rootDir: __dirname, modulePathIgnorePatterns: ['<rootDir>/test/layers/fixtures'] };",
      ],
    });
  }

  private quality(): void {
    this.json('biome.json', {
      files: {
        includes: [
          '**/*.ts',
          '**/*.mjs',
          '!**/lib',
          '!**/out',
          '!**/node_modules',
          '!**/generated',
          '!test/readme',
          '!docs/api',
          '!test/layers/fixtures',
        ],
      },
      formatter: { indentStyle: 'space', lineWidth: 140 },
      javascript: { formatter: { quoteStyle: 'single', arrowParentheses: 'asNeeded' } },
      linter: {
        rules: {
          preset: 'recommended',
          style: { noNonNullAssertion: 'off', noParameterAssign: 'error', useTemplate: 'off' },
          complexity: { noStaticOnlyClass: 'off', noUselessConstructor: 'off' },
          suspicious: { noTemplateCurlyInString: 'off' },
        },
      },
    });
    this.json('.dependency-cruiser.json', () => ({ forbidden: layerRules(this.members), options: CRUISER_OPTIONS }));
    this.json('typedoc.json', () => ({
      entryPointStrategy: 'packages',
      entryPoints: this.members.filter(m => !m.private).map(m => m.dir),
      packageOptions: { entryPoints: ['src/index.ts'], skipErrorChecking: true, disableSources: true, excludeExternals: true },
      plugin: ['typedoc-plugin-markdown'],
      out: 'docs/api',
      readme: 'none',
    }));
    // The index of bindings loads classes when they are asked for, and declares them as constants: their own modules tell what they are.
    for (const provider of ['proxmox', 'talos', 'hcloud']) {
      this.json(`packages/provider-${provider}/typedoc.json`, {
        entryPoints: ['src/generated/*.ts'],
        exclude: ['**/generated/index.ts', '**/generated/provider-facts.ts'],
        intentionallyNotExported: ['Attributes'],
      });
    }
    this.json('.changeset/config.json', {
      $schema: 'https://unpkg.com/@changesets/config@3.1.1/schema.json',
      changelog: '@changesets/cli/changelog',
      commit: false,
      fixed: [['@ashlar/*']],
      linked: [],
      access: 'public',
      baseBranch: 'main',
      updateInternalDependencies: 'patch',
      ignore: [],
    });
  }

  private json(file: string, obj: unknown): void {
    new JsonFile(this, file, { marker: false, obj: obj as object });
  }
}

/** What packages may be imported by, as alternatives of a pattern. */
function entries(members: readonly Member[]): string {
  return [...new Set(['index', ...members.flatMap(m => m.entries)])].sort().join('|');
}

/** Lower layers never import higher ones, equals never import each other, and nobody reaches into another package's files. */
function layerRules(members: readonly Member[]): object[] {
  return [
    {
      name: 'no-circular',
      comment: 'a construct registers its rules, and a rule asks for the construct: that circle is closed only when both run',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'], pathNot: '/src/rules/' } },
    },
    {
      name: 'no-deep-imports',
      severity: 'error',
      from: { path: '^(packages|apps)/([^/]+)/' },
      to: { path: `^packages/([^/]+)/(src/(?!(${entries(members)})\\.)|lib/|test/)`, pathNot: '^packages/$2/' },
    },
    {
      name: 'sources-only',
      comment: 'what is built from a package, or tests it, is no part of it',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src' },
      to: { path: '^packages/$1/(?!src/|node_modules/)' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-dependencies',
      severity: 'error',
      from: { path: '^(packages/[^/]+/src|apps)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer'] },
    },
    {
      name: 'cdk8s-plus-in-one-package',
      comment: 'it is out of maintenance, and must be replaceable in one place',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '^packages/kubernetes/' },
      to: { path: '(^|/)node_modules/cdk8s-plus-' },
    },
    ...members
      .filter(m => m.layer !== undefined)
      .map(m => ({
        name: `layer-of-${m.shortName}`,
        comment: `${m.shortName} is of layer ${m.layer}`,
        severity: 'error',
        from: { path: `^${m.dir}/src` },
        to: {
          path: `^(${['apps/', ...members.filter(o => o !== m && o.layer !== undefined && o.layer >= m.layer!).map(o => `${o.dir}/`)].join('|')})`,
        },
      })),
  ];
}

/** Nothing is excluded: an excluded file is no finding for any rule, also where it is what must not be imported. */
const CRUISER_OPTIONS = {
  doNotFollow: { path: '(^|/)node_modules/|^packages/[^/]+/lib/' },
  tsPreCompilationDeps: true,
  combinedDependencies: true,
  enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['@ashlar/source', 'require', 'node', 'default'] },
};
