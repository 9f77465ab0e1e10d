import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { ADPLATFORM } from './bad-input/adplatform';
import { DEV_SANDBOX } from './bad-input/dev-sandbox';
import { DEV_SANDBOX_SWARM } from './bad-input/dev-sandbox-swarm';
import { HOSTING } from './bad-input/hosting';
import { METAL_LAB } from './bad-input/metal-lab';
import { METAL_LAB_CLUSTERS } from './bad-input/metal-lab-clusters';
import { OPTIPLEX_CLOUD } from './bad-input/optiplex-cloud';
import { OPTIPLEX_CLOUD_K3S } from './bad-input/optiplex-cloud-k3s';
import { OPTIPLEX_CLOUD_ORDER } from './bad-input/optiplex-cloud-order';
import type { Variant } from './bad-input/variant';

const ROOT = join(__dirname, '..');
const APPS: Readonly<Record<string, readonly Variant[]>> = {
  'optiplex-cloud': [...OPTIPLEX_CLOUD, ...OPTIPLEX_CLOUD_K3S, ...OPTIPLEX_CLOUD_ORDER],
  'metal-lab': [...METAL_LAB, ...METAL_LAB_CLUSTERS],
  hosting: HOSTING,
  'dev-sandbox': [...DEV_SANDBOX, ...DEV_SANDBOX_SWARM],
  adplatform: ADPLATFORM,
};
const VARIANTS = Object.entries(APPS).flatMap(([app, variants]) => variants.map(variant => ({ app, ...variant })));

type Spoilt = Variant & { readonly app: string };
/** Child processes at a time; each starts Node with both engines. */
const AT_ONCE = 4;

let folder: string;
const outcomes = new Map<string, Promise<Outcome>>();

interface Outcome {
  readonly status: number;
  readonly stderr: string;
  readonly outChanged: boolean;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
  let queue = Promise.resolve();
  const lanes = Array.from({ length: AT_ONCE }, () => queue);
  for (const [i, variant] of VARIANTS.entries()) {
    queue = (lanes[i % AT_ONCE] as Promise<void>).then(() => undefined);
    const outcome = queue.then(() => run(variant, join(folder, String(i))));
    lanes[i % AT_ONCE] = outcome.then(() => undefined);
    outcomes.set(keyOf(variant), outcome);
  }
});

afterAll(async () => {
  await Promise.allSettled(outcomes.values());
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

test.each(Object.keys(APPS))(
  '%s itself is sound, so that what fails below fails for its variant',
  async app => {
    const sound = await run({ app, title: '', from: 'new Site', to: 'new Site', code: '' }, join(folder, `sound-${app}`));
    expect(sound).toMatchObject({ status: 0, outChanged: false });
  },
  60_000,
);

test('there are at least fifty variants, each with a text of its own', () => {
  expect(VARIANTS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(VARIANTS.map(keyOf)).size).toBe(VARIANTS.length);
});

test('every variant changes something that is in its app', () => {
  const gone = VARIANTS.filter(({ app, from }) => !modulesOf(app).some(module => sourceOf(app, module).includes(from)));
  expect(gone.map(v => `${keyOf(v)}: ${v.from}`)).toEqual([]);
});

test.each(VARIANTS)(
  '$app, $title: one clear error, $code',
  async ({ app, title, code }) => {
    const { status, stderr, outChanged } = (await outcomes.get(keyOf({ app, title }))) as Outcome;
    const lines = stderr.trim().split('\n');
    const errors = lines.filter(line => /^\s*error \[/.test(line));
    expect({ status, errors, code: errors[0]?.match(/\((\w+)\)$/)?.[1] }).toEqual({ status: 1, errors: [expect.any(String)], code });
    // A path, what is wrong, and after the semicolon what to write.
    expect(errors[0]).toMatch(/^\s*error \[[^\]]+\] .+; .+ \(\w+\)$/);
    expect(lines.some(line => /^\s+at /.test(line))).toBe(false);
    expect(outChanged).toBe(false);
  },
  60_000,
);

/** Runs a spoilt app in a folder of its own, beside a copy of the output of the last good run. */
async function run({ app, ...variant }: Spoilt, at: string): Promise<Outcome> {
  const spoilt = modulesOf(app).find(module => sourceOf(app, module).includes(variant.from));
  mkdirSync(join(at, 'lib'), { recursive: true });
  const compile = (name: string, text: string) =>
    writeFileSync(
      join(at, 'lib', `${name}.js`),
      transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } })
        .outputText,
    );
  for (const module of modulesOf(app)) {
    const text = sourceOf(app, module);
    compile(module, module === spoilt ? text.replace(variant.from, () => variant.to) : text);
  }
  const source = join(ROOT, 'apps', app);
  for (const entry of ['out', 'ledger.json', 'clusters'].filter(entry => existsSync(join(source, entry)))) {
    cpSync(join(source, entry), join(at, entry), { recursive: true });
  }
  const before = contents(at);
  const { status, stderr } = await new Promise<{ status: number; stderr: string }>(resolve => {
    const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
    execFile(process.execPath, ['lib/main.js'], { cwd: at, env, timeout: 50_000 }, (error, _, text) =>
      resolve({ status: error ? Number(error.code) : 0, stderr: text }),
    );
  });
  return { status, stderr, outChanged: contents(at) !== before };
}

/** The files of an app, `main` first. */
function modulesOf(app: string): string[] {
  const files = readdirSync(join(ROOT, 'apps', app)).filter(file => file.endsWith('.ts') && file !== 'main.ts');
  return ['main', ...files.map(file => file.slice(0, -3)).sort()];
}

function sourceOf(app: string, module: string): string {
  return readFileSync(join(ROOT, 'apps', app, `${module}.ts`), 'utf8');
}

function keyOf({ app, title }: { readonly app: string; readonly title: string }): string {
  return `${app}: ${title}`;
}

function contents(at: string): string {
  const files = existsSync(join(at, 'out'))
    ? readdirSync(join(at, 'out'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    : [];
  const text = (path: string) => readFileSync(path, 'utf8');
  return JSON.stringify([
    existsSync(join(at, 'ledger.json')) ? text(join(at, 'ledger.json')) : '',
    ...files
      .map(entry => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map(path => [path, text(path)]),
  ]);
}
