import { spawn } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addEnvironment, environmentsOf, removeEnvironment } from '../../src/environment/environment-change';
import { environmentCommand } from '../../src/environment/environment-command';
import { ProcessLock } from '../../src/process/process-lock';
import { LabApp } from './lab-app';

const COMPILED = join(__dirname, '../../lib/environment/environment-change.js');

let app: LabApp;
beforeEach(() => {
  app = new LabApp();
});
afterEach(() => {
  jest.restoreAllMocks();
  app.remove();
});

const GAMES = { network: { tag: 141, ipv4: '10.141.0.0/24' } };
const options = () => ({ app: app.folder });

/** Runs the command line, and says what it printed. */
async function run(...argv: string[]): Promise<string[]> {
  const printed: string[] = [];
  jest.spyOn(console, 'log').mockImplementation(text => void printed.push(text));
  jest.spyOn(console, 'error').mockImplementation(text => void printed.push(text));
  const [command, ...rest] = argv as [string, ...string[]];
  await environmentCommand().parseAsync([command, ...rest, '--app', app.folder], { from: 'user' });
  return printed;
}

describe('an environment that is added', () => {
  test('is a file, and what the app makes of it', async () => {
    expect(await addEnvironment('games', GAMES, options())).toEqual({
      added: ['clusters/games.txt'],
      changed: ['files.json', 'names.txt'],
      removed: [],
    });
    expect(app.read('clusters/games.yaml')).toBe('name: games\nnetwork:\n  tag: 141\n  ipv4: 10.141.0.0/24\n');
    expect(app.read('out/clusters/games.txt')).toBe('10.141.0.0/24\n');
    expect(environmentsOf(app.folder)).toEqual(['games', 'media']);
  });

  test('and removed again leaves what was there before, but for the numbers that its names keep', async () => {
    const before = app.contents();
    await addEnvironment('games', GAMES, options());
    expect(await removeEnvironment('games', options())).toEqual({
      added: [],
      changed: ['files.json', 'names.txt'],
      removed: ['clusters/games.txt'],
    });
    const after = app.contents();
    expect(JSON.parse(after['ledger.json'] as string).numbers['hosts of games']).toEqual({ 'games-1': 2 });
    expect({ ...after, 'ledger.json': '' }).toEqual({ ...before, 'ledger.json': '' });
  });
});

describe('where the app refuses an environment, all is as it was', () => {
  const refused = async (change: () => Promise<unknown>, text: string) => {
    const before = app.contents();
    await expect(change()).rejects.toThrow(text);
    expect(app.contents()).toEqual(before);
  };

  test('the tag of another one', async () => {
    await refused(
      () => addEnvironment('games', { network: { tag: 140, ipv4: '10.141.0.0/24' } }, options()),
      '[clusters/games.yaml] the app refuses it, and nothing has changed\n' +
        '  error [lab/media] tag 140 is already that of lab/games; choose another tag (VLAN_TAG) (ENVIRONMENT_REFUSED)',
    );
  });

  test('a prefix that overlaps another one', async () => {
    await refused(
      () => addEnvironment('tools', { network: { tag: 142, ipv4: '10.140.0.0/16' } }, options()),
      '[clusters/tools.yaml] the app refuses it, and nothing has changed\n' +
        '  error [lab/tools] 10.140.0.0/16 overlaps 10.140.0.0/24 of lab/media; choose prefixes that have no address in common (SUBNET_OVERLAP) (ENVIRONMENT_REFUSED)',
    );
  });

  test('the one that others need is back where it was, with the comments in it', async () => {
    app.write(
      'lib/main.js',
      `${app.read('lib/main.js').replace('return site;\n', "if (specs.length === 0) throw new (require('@ashlar/core').ConfigError)(site, 'LAB_EMPTY', 'has no cluster', { fix: 'add one' });\n  return site;\n")}`,
    );
    await refused(
      () => removeEnvironment('media', options()),
      '[clusters/media.yaml] the app refuses it, and nothing has changed\n  error [lab] has no cluster; add one (LAB_EMPTY) (ENVIRONMENT_REFUSED)',
    );
  });

  test('a program that fails for another reason says so with its last lines', async () => {
    app.write('lib/main.js', "console.error('first'); process.exit(3);");
    await refused(
      () => addEnvironment('games', GAMES, options()),
      '[clusters/games.yaml] the app refuses it, and nothing has changed\n  first (ENVIRONMENT_REFUSED)',
    );
  });

  test('an interrupt while the app works', async () => {
    app.write('lib/main.js', "console.error('working'); setTimeout(() => undefined, 60_000);");
    const before = app.contents();
    const program = `require(${JSON.stringify(COMPILED)}).addEnvironment('games', { network: {} }).catch(error => console.error(error.message))`;
    const child = spawn(process.execPath, ['-e', program], { cwd: app.folder, stdio: ['ignore', 'ignore', 'pipe'] });
    const told: string[] = [];
    child.stderr.on('data', chunk => told.push(String(chunk)));
    const ended = new Promise(resolve => child.on('close', resolve));
    for (let i = 0; i < 200 && !environmentsOf(app.folder).includes('games'); i++) await new Promise(resolve => setTimeout(resolve, 50));
    expect(environmentsOf(app.folder)).toEqual(['games', 'media']);
    child.kill('SIGINT');
    await ended;
    expect(told.join('')).toMatch(
      /^\[clusters\/games\.yaml\] the app refuses it, and nothing has changed\n( {2}working\n)? {2}SIGTERM ended it \(ENVIRONMENT_REFUSED\)\n$/,
    );
    expect(app.contents()).toEqual(before);
  });

  test('the first one leaves no folder behind', async () => {
    rmSync(join(app.folder, 'clusters'), { recursive: true });
    await refused(
      () => addEnvironment('games', { network: { tag: 0, ipv4: '10.141.0.0/24' } }, options()),
      'tag must be from 1 to 4094, got 0',
    );
  });
});

describe('a dry run', () => {
  test('says what would change, and changes nothing', async () => {
    const before = app.contents();
    const change = { added: ['clusters/games.txt'], changed: ['files.json', 'names.txt'], removed: [] };
    expect(await addEnvironment('games', GAMES, { ...options(), dryRun: true })).toEqual(change);
    expect(app.contents()).toEqual(before);
    expect(await addEnvironment('games', GAMES, options())).toEqual(change);
  });

  test('of what the app refuses says why', async () => {
    const before = app.contents();
    await expect(addEnvironment('games', { network: { tag: 140, ipv4: '10.141.0.0/24' } }, { ...options(), dryRun: true })).rejects.toThrow(
      'error [lab/media] tag 140 is already that of lab/games; choose another tag (VLAN_TAG)',
    );
    expect(app.contents()).toEqual(before);
  });
});

describe('refused before anything is done', () => {
  test('an environment that is there', async () => {
    await expect(addEnvironment('media', GAMES, options())).rejects.toThrow(
      '[clusters/media.yaml] there is an environment media already; choose another name, or edit the file and synthesize (ENVIRONMENT_TAKEN)',
    );
  });

  test('an environment that is not there', async () => {
    await expect(removeEnvironment('games', options())).rejects.toThrow(
      '[clusters/games.yaml] there is no environment games; use one of media (ENVIRONMENT_UNKNOWN)',
    );
    rmSync(join(app.folder, 'clusters'), { recursive: true });
    await expect(removeEnvironment('games', options())).rejects.toThrow(
      '[clusters/games.yaml] there is no environment games; the app has none (ENVIRONMENT_UNKNOWN)',
    );
  });

  test('a name that leaves the folder', async () => {
    await expect(addEnvironment('../main', GAMES, options())).rejects.toThrow(
      '[environment] the name of an environment is lower-case letters, digits and dashes, got "../main"; write it like media (ENVIRONMENT_NAME)',
    );
  });

  test('a folder that is no app', () => {
    const folder = join(app.folder, 'clusters');
    expect(() => environmentsOf(folder)).toThrow(
      `[${folder}] is no app that can be synthesized: there is no lib/main.js in it; name the folder of an app with --app, and compile it: npm run build (ENVIRONMENT_APP)`,
    );
  });

  test('a change while another process makes one', async () => {
    const work = join(app.folder, '.ashlar');
    mkdirSync(work);
    const own = Object.getOwnPropertyDescriptor(process, 'pid') as PropertyDescriptor;
    Object.defineProperty(process, 'pid', { ...own, value: process.ppid });
    const other = new ProcessLock(work, 'environment');
    try {
      other.take();
    } finally {
      Object.defineProperty(process, 'pid', own);
    }
    await expect(addEnvironment('games', GAMES, options())).rejects.toThrow(
      `[clusters/games.yaml] process ${process.ppid} changes the environments of this app; wait until it has ended (ENVIRONMENT_BUSY)`,
    );
    other.release();
    await addEnvironment('games', GAMES, options());
  });
});

describe('on the command line', () => {
  const NEEDED = [
    '--vlan',
    '141',
    '--ipv4',
    '10.141.0.0/24',
    '--kubernetes',
    '1.34.2',
    '--workers',
    '2',
    '--api',
    '20',
    '--nodes',
    '21-32',
  ];

  test('what is said is what is in the file', async () => {
    const more = ['--class', 'small', '--control-planes', '3', '--services', '10.141.1.0/24', '--asn', '64531', '--pods', '10.245.0.0/16'];
    expect(await run('add', 'games', ...NEEDED, ...more)).toEqual([
      'A out/clusters/games.txt',
      'M out/files.json',
      'M out/names.txt',
      '3 files changed',
    ]);
    expect(app.read('clusters/games.yaml')).toBe(
      [
        'name: games',
        'network:',
        '  tag: 141',
        '  ipv4: 10.141.0.0/24',
        'version: 1.34.2',
        'class: small',
        'controlPlanes: 3',
        'workers:',
        '  count: 2',
        'api: 20',
        'nodes:',
        '  from: 21',
        '  to: 32',
        'services: 10.141.1.0/24',
        'asn: 64531',
        'pods: 10.245.0.0/16',
        '',
      ].join('\n'),
    );
    expect(await run('list')).toEqual(['games', 'media']);
    expect(await run('remove', 'games', '--dry-run')).toEqual([
      'M out/files.json',
      'M out/names.txt',
      'D out/clusters/games.txt',
      '3 files would change',
    ]);
    expect(environmentsOf(app.folder)).toEqual(['games', 'media']);
  });

  test('ranges are written as ranges', async () => {
    await run('add', 'games', ...NEEDED, '--workers', '2-5', '--services', '200-219');
    expect(app.read('clusters/games.yaml')).toContain('workers:\n  min: 2\n  max: 5\n');
    expect(app.read('clusters/games.yaml')).toContain('services:\n  from: 200\n  to: 219\n');
  });

  test.each([
    [['--vlan', 'games'], '--vlan <tag> has another form, got "games"; write it like --vlan 3'],
    [['--workers', 'two'], '--workers <count> has another form, got "two"; write it like --workers 2'],
    [['--nodes', '21'], '--nodes <from-to> has another form, got "21"; write it like --nodes 21-32'],
  ])('%p is refused', async (more, text) => {
    await expect(run('add', 'games', ...NEEDED, ...more)).rejects.toThrow(`[environment add] ${text} (ENVIRONMENT_OPTION)`);
    expect(environmentsOf(app.folder)).toEqual(['media']);
  });
});
