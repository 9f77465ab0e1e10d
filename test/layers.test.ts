import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..');

function cruise(folder: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'layers/cruise.mjs')], { cwd: folder, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n').sort(), stderr };
}

test('every package imports lower layers only, and declares what it imports', () => {
  const { status, lines, stderr } = cruise(ROOT);
  const files = Number(/in (\d+) files/.exec(lines.join('\n'))?.[1]);
  expect({ violations: lines.filter(line => line.includes('→')), stderr, status }).toEqual({ violations: [], stderr: '', status: 0 });
  const sources = readdirSync(join(ROOT, 'packages')).flatMap(name => {
    const src = join(ROOT, 'packages', name, 'src');
    return existsSync(src) ? readdirSync(src, { recursive: true }).filter(file => String(file).endsWith('.ts')) : [];
  });
  expect(files).toBeGreaterThanOrEqual(sources.length);
});

/** What must not be imported: the file that does it, its text, and what must be found. */
const VIOLATIONS: readonly [what: string, file: string, text: string, found: string][] = [
  [
    'upward',
    'packages/core/src/upward.ts',
    "import '@ashlar/network';",
    'layer-of-core: packages/core/src/upward.ts → packages/network/src/index.ts',
  ],
  [
    'upward, types only',
    'packages/network/src/upward-type.ts',
    "import type { X } from '@ashlar/hci'; export type Y = X;",
    'layer-of-network: packages/network/src/upward-type.ts → packages/hci/src/index.ts',
  ],
  [
    'sideways',
    'packages/hardware/src/sideways.ts',
    "import '@ashlar/network';",
    'layer-of-hardware: packages/hardware/src/sideways.ts → packages/network/src/index.ts',
  ],
  [
    'by require',
    'packages/network/src/by-require.ts',
    "export const hardware = require('@ashlar/hardware');",
    'layer-of-network: packages/network/src/by-require.ts → packages/hardware/src/index.ts',
  ],
  [
    'an app',
    'packages/hci/src/an-app.ts',
    "import '../../../apps/lab/main';",
    'layer-of-hci: packages/hci/src/an-app.ts → apps/lab/main.ts',
  ],
  [
    'a file of another package',
    'packages/network/src/deep.ts',
    "import '../../core/src/size';",
    'no-deep-imports: packages/network/src/deep.ts → packages/core/src/size.ts',
  ],
  [
    'what is built from another package',
    'packages/network/src/built.ts',
    "import '../../core/lib/index.js';",
    'no-deep-imports: packages/network/src/built.ts → packages/core/lib/index.js',
  ],
  [
    'a file of another package, from an app',
    'apps/lab/deep.ts',
    "import '../../packages/core/src/size';",
    'no-deep-imports: apps/lab/deep.ts → packages/core/src/size.ts',
  ],
  [
    'a test',
    'packages/core/src/of-a-test.ts',
    "import '../test/lab';",
    'sources-only: packages/core/src/of-a-test.ts → packages/core/test/lab.ts',
  ],
  [
    'a path that the exports map hides',
    'packages/network/src/hidden.ts',
    "import '@ashlar/core/lib/size';",
    'resolvable: packages/network/src/hidden.ts → @ashlar/core/lib/size',
  ],
  [
    'a library of the workspace root only',
    'packages/core/src/dev-only.ts',
    "import 'fast-check';",
    'declared-dependencies: packages/core/src/dev-only.ts → node_modules/fast-check/lib/index.js',
  ],
  [
    'a library that nobody declares',
    'packages/core/src/undeclared.ts',
    "import 'semver';",
    'declared-dependencies: packages/core/src/undeclared.ts → node_modules/semver/lib/index.js',
  ],
  [
    'cdk8s-plus outside its package',
    'packages/hci/src/plus.ts',
    "import 'cdk8s-plus-28';",
    'cdk8s-plus-in-one-package: packages/hci/src/plus.ts → node_modules/cdk8s-plus-28/lib/index.js',
  ],
  [
    'in a circle',
    'packages/core/src/circle-a.ts',
    "import { b } from './circle-b'; export const a = () => b;",
    'no-circular: packages/core/src/circle-a.ts → packages/core/src/circle-b.ts → packages/core/src/circle-a.ts',
  ],
];

/** What must pass beside them. */
const FINE: readonly [file: string, text: string][] = [
  ['packages/core/src/index.ts', "export * from './size'; import { Construct } from 'constructs'; export class X extends Construct {}"],
  ['packages/core/src/size.ts', 'export class Size {}'],
  ['packages/core/src/testing.ts', "export * from './size';"],
  ['packages/core/src/circle-b.ts', "import { a } from './circle-a'; export const b = () => a;"],
  ['packages/core/src/type-circle-a.ts', "import type { B } from './type-circle-b'; export class A { b?: B }"],
  ['packages/core/src/type-circle-b.ts', "import { A } from './type-circle-a'; export class B extends A {}"],
  ['packages/hardware/src/machine.ts', "import { rule } from './rules/rule'; export const machine = () => rule;"],
  ['packages/hardware/src/rules/rule.ts', "import { machine } from '../machine'; export const rule = () => machine;"],
  ['packages/core/lib/index.js', ''],
  ['packages/core/test/lab.ts', "import '../src/size';"],
  ['packages/network/src/index.ts', "import '@ashlar/core'; import '@ashlar/core/testing'; export type X = 1;"],
  ['packages/hardware/src/index.ts', "import '@ashlar/core';"],
  ['packages/hci/src/index.ts', "import '@ashlar/core'; import '@ashlar/network'; import '@ashlar/hardware'; export type X = 1;"],
  ['packages/kubernetes/src/index.ts', "import '@ashlar/core'; import 'cdk8s-plus-28';"],
  ['apps/lab/main.ts', "import '@ashlar/core'; import '@ashlar/hci';"],
];

const LIBRARIES = ['constructs', 'fast-check', 'semver', 'cdk8s-plus-28'];
const DECLARED: Record<string, readonly string[]> = {
  core: [],
  network: ['core', 'hardware', 'hci'],
  hardware: ['core', 'network'],
  hci: ['core', 'network', 'hardware'],
  kubernetes: ['core'],
};

/** A workspace like ours in a folder of its own, with every violation in it. */
function spoiltWorkspace(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'layers-')));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const manifest = (name: string, dependencies: readonly string[], peers: readonly string[]) => ({
    name: `@ashlar/${name}`,
    version: '0.1.0',
    exports: {
      '.': { '@ashlar/source': './src/index.ts', default: './lib/index.js' },
      './testing': { '@ashlar/source': './src/testing.ts' },
    },
    dependencies: Object.fromEntries(dependencies.map(d => [`@ashlar/${d}`, '^0.1.0'])),
    peerDependencies: Object.fromEntries(peers.map(p => [p, '*'])),
  });
  write('package.json', JSON.stringify({ workspaces: ['packages/*', 'apps/*'], devDependencies: { 'fast-check': '*', constructs: '*' } }));
  for (const [name, uses] of Object.entries(DECLARED)) {
    const peers = ['hci', 'kubernetes'].includes(name) ? ['constructs', 'cdk8s-plus-28'] : ['constructs'];
    write(`packages/${name}/package.json`, JSON.stringify(manifest(name, name === 'core' ? ['network'] : uses, peers)));
  }
  write('apps/lab/package.json', JSON.stringify(manifest('lab', Object.keys(DECLARED), [])));
  for (const [file, text] of [...FINE, ...VIOLATIONS.map(([, f, t]): [string, string] => [f, t])]) write(file, text);

  mkdirSync(join(folder, 'node_modules/@ashlar'), { recursive: true });
  for (const name of Object.keys(DECLARED)) symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules/@ashlar', name));
  for (const name of LIBRARIES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'lib/index.js' }));
    write(`node_modules/${name}/lib/index.js`, '');
  }
  return folder;
}

describe('in a workspace with deliberate violations, the same rules find', () => {
  let found: ReturnType<typeof cruise>;
  beforeAll(() => {
    found = cruise(spoiltWorkspace());
  });

  test.each(VIOLATIONS)('an import: %s', (_, __, ___, line) => {
    expect(found.lines).toContain(line);
  });

  test('nothing else', () => {
    expect(found.lines.filter(line => line.includes('→') && !VIOLATIONS.some(([, , , expected]) => expected === line))).toEqual([]);
    expect([found.status, found.stderr]).toEqual([1, '']);
  });
});
