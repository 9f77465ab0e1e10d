import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const ROOT = realpathSync(join(__dirname, '..'));
const APPS = readdirSync(join(ROOT, 'apps')).filter(name => existsSync(join(ROOT, 'apps', name, 'lib/main.js')));

/** Two machines that have nothing in common but the commit. */
const MACHINES = [
  { TZ: 'UTC', LANG: 'C', LC_ALL: 'C', HOME: '/nonexistent', USER: 'eudoxia', umask: '022', depth: 'a' },
  { TZ: 'Pacific/Auckland', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/', USER: 'bob', umask: '077', depth: 'a/deeper/folder/b' },
] as const;

/** Synthesizes a copy of the app as `machine` would on a fresh clone, and returns its files by path. */
function synthesize(app: string, { umask, depth, ...environment }: (typeof MACHINES)[number]) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'determinism-')));
  const folder = join(root, depth);
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(join(ROOT, 'apps', app))) {
    if (!['out', 'node_modules', 'cdktf.out', 'dist'].includes(name))
      cpSync(join(ROOT, 'apps', app, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const { status, stderr } = spawnSync('sh', ['-c', `umask ${umask} && exec "$0" lib/main.js`, process.execPath], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, LOGNAME: environment.USER, ...environment },
  });
  expect({ status, fault: status === 0 ? '' : stderr }).toEqual({ status: 0, fault: '' });
  return { files: { ...filesOf(join(folder, 'out'), 'out/'), ...ledgerOf(folder) }, root };
}

function filesOf(folder: string, prefix: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true }).map(String).sort();
  const files = paths.filter(path => statSync(join(folder, path)).isFile());
  return Object.fromEntries(files.map(path => [prefix + path, readFileSync(join(folder, path), 'latin1')]));
}

/** Numbers that are given out are committed too. */
function ledgerOf(folder: string): Record<string, string> {
  const file = join(folder, 'ledger.json');
  return existsSync(file) ? { 'ledger.json': readFileSync(file, 'latin1') } : {};
}

/** Paths of files that are not the same in both; short enough to read. */
function differences(a: Record<string, string>, b: Record<string, string>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(path => a[path] !== b[path]).sort();
}

test('there is an environment to try', () => {
  expect(APPS).not.toEqual([]);
});

describe.each(APPS)('%s', app => {
  let runs: ReturnType<typeof synthesize>[];
  beforeAll(() => {
    runs = MACHINES.map(machine => synthesize(app, machine));
  }, 60_000);

  test('two machines give the same files to the byte', () => {
    const [one, other] = runs as [ReturnType<typeof synthesize>, ReturnType<typeof synthesize>];
    expect(Object.keys(one.files).length).toBeGreaterThan(1);
    expect(differences(one.files, other.files)).toEqual([]);
  });

  test('what is committed is what the program gives', () => {
    const committed = { ...filesOf(join(ROOT, 'apps', app, 'out'), 'out/'), ...ledgerOf(join(ROOT, 'apps', app)) };
    expect(differences(committed, runs[0]?.files ?? {})).toEqual([]);
  });

  test('nothing of the machine is in it: no path, no user, no host name', () => {
    const { username } = userInfo();
    const traces = [
      ROOT,
      tmpdir() + '/',
      homedir(),
      hostname(),
      ...runs.map(run => run.root),
      '/nonexistent',
      'eudoxia',
      'Pacific/Auckland',
    ];
    // Names that any program may hold for another reason, such as root or node, tell nothing.
    if (!['root', 'node', 'runner', 'user', 'admin', 'debian', 'ubuntu'].includes(username)) traces.push(username);
    const telling = traces.filter(trace => trace.length > 4 && !['/root', 'localhost'].includes(trace));
    const found = runs.flatMap(run =>
      Object.entries(run.files).flatMap(([path, text]) =>
        telling.filter(trace => text.includes(trace)).map(trace => `${trace} in ${path}`),
      ),
    );
    expect(found).toEqual([]);
  });
});
