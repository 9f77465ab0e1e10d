import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

const ROOT = join(__dirname, '..');
const OPTIPLEX = 'optiplex-cloud';

/** Statements of the main.ts of optiplex-cloud that do not need each other: each pair is swapped. Written as they begin. */
const SWAPS = [
  ["const wan = new Vlan(site, 'wan'", "const people = new Vlan(site, 'people'"],
  ["const apiAddress = servers.host('k3s-api'", "people.pool('dhcp'"],
  ['lan.port(7).access', 'lan.port(8).access'],
  ["acknowledge(shelf, 'SINGLE_FEED'", "acknowledge(shelf, 'SINGLE_SWITCH'"],
  ['new hci.ZfsStorage(', 'new hci.NfsStorage('],
  ['new hci.DirectoryStorage(', 'new hci.BackupJob('],
  ['new K3sUpgrades(', 'new ArgoCd('],
  ['orders.connections.allowFrom', 'prod.allowServicesFrom'],
] as const;

/** Runs in the program before its first line: every construct tells its children in another order. */
const SHUFFLE = `
const { Node } = require('constructs');
const { get } = Object.getOwnPropertyDescriptor(Node.prototype, 'children');
let seed = 7;
const random = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
Object.defineProperty(Node.prototype, 'children', { get() {
  const list = [...get.call(this)];
  for (let i = list.length - 1; i > 0; i--) { const j = random(i + 1); [list[i], list[j]] = [list[j], list[i]]; }
  return list;
} });
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'construction-order-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Synthesizes the main.ts of an app, changed, and returns its files by path. */
function synthesize(app: string, name: string, change: (main: string) => string, before = ''): Record<string, string> {
  const at = join(folder, app, name);
  const source = join(ROOT, 'apps', app);
  mkdirSync(join(at, 'lib'), { recursive: true });
  const options = { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true } };
  const compile = (text: string) => transpileModule(text, options).outputText;
  for (const file of readdirSync(source).filter(entry => entry.endsWith('.ts'))) {
    const text = readFileSync(join(source, file), 'utf8');
    const code = file === 'main.ts' ? before + compile(change(text)) : compile(text);
    writeFileSync(join(at, 'lib', file.replace('.ts', '.js')), code);
  }
  // An app whose numbers are all written has no ledger, and most have no clusters that come from files.
  for (const entry of ['ledger.json', 'clusters'].filter(entry => existsSync(join(source, entry)))) {
    cpSync(join(source, entry), join(at, entry), { recursive: true });
  }
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules') };
  const { status, stderr } = spawnSync(process.execPath, ['lib/main.js'], { cwd: at, encoding: 'utf8', env, timeout: 50_000 });
  expect({ status, fault: status === 0 ? '' : stderr }).toEqual({ status: 0, fault: '' });
  const paths = readdirSync(join(at, 'out'), { recursive: true }).map(String).sort();
  return Object.fromEntries(
    paths.filter(path => statSync(join(at, 'out', path)).isFile()).map(path => [path, readFileSync(join(at, 'out', path), 'utf8')]),
  );
}

function swap(main: string, [one, other]: readonly [string, string]): string {
  const lines = main.split('\n');
  const at = (start: string) => lines.findIndex(line => line.trimStart().startsWith(start));
  const [i, j] = [at(one), at(other)];
  expect([one, i >= 0, other, j >= 0]).toEqual([one, true, other, true]);
  [lines[i], lines[j]] = [lines[j] as string, lines[i] as string];
  return lines.join('\n');
}

test('statements in another order give the same files to the byte', () => {
  const plain = synthesize(OPTIPLEX, 'plain', main => main);
  expect(Object.keys(plain).length).toBeGreaterThan(40);
  expect(synthesize(OPTIPLEX, 'swapped', main => SWAPS.reduce(swap, main))).toEqual(plain);
}, 120_000);

test.each(readdirSync(join(ROOT, 'apps')))(
  '%s: constructs that tell their children in another order give the same files to the byte',
  app => {
    const committed = synthesize(app, 'committed', main => main);
    expect(Object.keys(committed).length).toBeGreaterThan(10);
    expect(synthesize(app, 'shuffled', main => main, SHUFFLE)).toEqual(committed);
  },
  120_000,
);

test('what does matter is noticed: another address changes the files', () => {
  const changed = synthesize(OPTIPLEX, 'changed', main => main.replace("servers.host('k3s-api', 5)", "servers.host('k3s-api', 15)"));
  expect(changed).not.toEqual(synthesize(OPTIPLEX, 'unchanged', main => main));
}, 120_000);
