import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EnvironmentClaim, renderClaims } from '@ashlar/analysis';
import { isolationOf } from '../../src/estate/isolation';
import { isolationCommand } from '../../src/estate/isolation-command';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'isolation-'));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
  rmSync(folder, { recursive: true });
});

/** The output folder of an app. */
function out(app: string, environment: string, ...claims: EnvironmentClaim[]): string {
  const path = join(folder, app);
  mkdirSync(join(path, 'report'), { recursive: true });
  writeFileSync(join(path, 'report', 'claims.json'), renderClaims({ environment, claims }));
  return path;
}

const tag = (value: string, path: string): EnvironmentClaim => ({ kind: 'vlan tag', value, path });

/** Runs the command line, and says how it ends. */
async function run(...folders: string[]): Promise<{ readonly exitCode: unknown; readonly output: string[]; readonly errors: string[] }> {
  const [output, errors] = [[], []] as [string[], string[]];
  jest.spyOn(console, 'log').mockImplementation(text => void output.push(text));
  jest.spyOn(console, 'error').mockImplementation(text => void errors.push(text));
  await isolationCommand().parseAsync(folders, { from: 'user' });
  return { exitCode: process.exitCode, output, errors };
}

test('environments that have nothing in common end well, with a table of what was compared', async () => {
  const folders = [out('a', 'lab', tag('20', 'lab/servers'), tag('30', 'lab/people')), out('b', 'shop', tag('220', 'shop/servers'))];
  const { exitCode, output, errors } = await run(...folders);
  expect({ exitCode, errors }).toEqual({ exitCode: undefined, errors: [] });
  expect(output).toEqual([
    [
      '                   lab  shop',
      'domain               0     0',
      'name                 0     0',
      'vlan tag             2     1',
      'segment              0     0',
      'announcement         0     0',
      'tunnel               0     0',
      'pods                 0     0',
      'services             0     0',
      'pool                 0     0',
      'address              0     0',
      'autonomous system    0     0',
      'VM id                0     0',
      'VM pool              0     0',
      'cluster              0     0',
      'state                0     0',
    ].join('\n'),
  ]);
});

test('each thing that two take is a line, and the exit code is 1', async () => {
  const lab = out('a', 'lab', tag('20', 'lab/servers'), { kind: 'segment', value: '10.20.0.0/24', path: 'lab/servers' });
  const shop = out('b', 'shop', tag('20', 'shop/servers'), { kind: 'segment', value: '10.20.0.0/25', path: 'shop/servers' });
  expect(await run(lab, shop)).toEqual({
    exitCode: 1,
    output: [],
    errors: [
      'error [shop/servers] the VLAN tag 20 is already that of lab/servers; give one of the segments another tag (ISOLATION_VLAN_TAG)',
      'error [shop/servers] the segment 10.20.0.0/25 overlaps the segment 10.20.0.0/24 of lab/servers; choose prefixes that have no address in common (ISOLATION_PREFIX)',
    ],
  });
});

test('one environment alone is refused', () => {
  expect(() => isolationOf([out('a', 'lab')])).toThrow(
    '[isolation] one environment is compared with nothing; name the output folders of two environments or more, such as apps/*/out (ISOLATION_ALONE)',
  );
});

test('an output without claims is refused', () => {
  const without = join(folder, 'b');
  expect(() => isolationOf([out('a', 'lab'), without])).toThrow(
    `[${without}] there is no report/claims.json in it; create new SiteReport(site, 'report') in the environment, and synthesize it: npm run synth (ISOLATION_CLAIMS)`,
  );
});

test('one environment in two folders is refused', () => {
  const [a, b] = [out('a', 'lab'), out('b', 'lab')];
  expect(() => isolationOf([a, b])).toThrow(
    `[${b}] it is the environment lab, and so is ${a}; name each environment once, or give one of the two sites another id (ISOLATION_TWICE)`,
  );
});

test('a file of claims that somebody has cut is refused', () => {
  const broken = out('b', 'shop');
  writeFileSync(join(broken, 'report', 'claims.json'), '{');
  expect(() => isolationOf([out('a', 'lab'), broken])).toThrow(
    `[${join(broken, 'report', 'claims.json')}] the file of claims is not JSON; synthesize the environment again: npm run synth (CLAIMS_FILE)`,
  );
});
