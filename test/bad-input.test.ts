import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { VARIANTS, type Variant } from './bad-input/variants';

const ROOT = join(__dirname, '..');
const APP = join(ROOT, 'apps/optiplex-cloud');
const MAIN = readFileSync(join(APP, 'main.ts'), 'utf8');
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
    outcomes.set(variant.title, outcome);
  }
});

afterAll(async () => {
  await Promise.allSettled(outcomes.values());
  rmSync(folder, { recursive: true, force: true });
}, 120_000);

test('the app itself is sound, so that what fails below fails for its variant', async () => {
  const sound = await run({ title: '', from: 'new Site', to: 'new Site', code: '' }, join(folder, 'sound'));
  expect(sound).toMatchObject({ status: 0, outChanged: false });
}, 60_000);

test('there are at least fifty variants, each with a text of its own', () => {
  expect(VARIANTS.length).toBeGreaterThanOrEqual(50);
  expect(new Set(VARIANTS.map(v => v.title)).size).toBe(VARIANTS.length);
});

test('every variant changes something that is in main.ts', () => {
  expect(VARIANTS.filter(v => !MAIN.includes(v.from)).map(v => `${v.title}: ${v.from}`)).toEqual([]);
});

test.each(VARIANTS)(
  '$title: one clear error, $code',
  async ({ title, code }) => {
    const { status, stderr, outChanged } = (await outcomes.get(title)) as Outcome;
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
async function run(variant: Variant, at: string): Promise<Outcome> {
  const spoilt = MAIN.replace(variant.from, () => variant.to);
  mkdirSync(join(at, 'lib'), { recursive: true });
  const compile = (name: string, text: string) =>
    writeFileSync(
      join(at, 'lib', `${name}.js`),
      transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } })
        .outputText,
    );
  compile('main', spoilt);
  compile('images', readFileSync(join(APP, 'images.ts'), 'utf8'));
  cpSync(join(APP, 'out'), join(at, 'out'), { recursive: true });
  cpSync(join(APP, 'ledger.json'), join(at, 'ledger.json'));
  const before = contents(at);
  const { status, stderr } = await new Promise<{ status: number; stderr: string }>(resolve => {
    const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
    execFile(process.execPath, ['lib/main.js'], { cwd: at, env, timeout: 50_000 }, (error, _, text) =>
      resolve({ status: error ? Number(error.code) : 0, stderr: text }),
    );
  });
  return { status, stderr, outChanged: contents(at) !== before };
}

function contents(at: string): string {
  const files = existsSync(join(at, 'out'))
    ? readdirSync(join(at, 'out'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    : [];
  const text = (path: string) => readFileSync(path, 'utf8');
  return JSON.stringify([
    text(join(at, 'ledger.json')),
    ...files
      .map(entry => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map(path => [path, text(path)]),
  ]);
}
