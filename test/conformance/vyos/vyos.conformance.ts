import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeWith, filesBelow, outputs, ROOT, shared } from '../tool';
import { Verdict } from '../verdict';

type Version = '1.4' | '1.5';

/** VyOS's own command definitions, read by the checker that is beside them. */
function check(version: Version, file: string): string | undefined {
  const schema = join(shared() as string, 'conformance/vyos', `vyos-${version}.schema.json`);
  const run = spawnSync('python3', [join(shared() as string, 'tools/vyos-check.py'), schema, file], { encoding: 'utf8', timeout: 60_000 });
  if (run.status === 0) return undefined;
  return (run.stdout + run.stderr).trim() || `it ended with ${run.status ?? run.signal}`;
}

function versionOf(file: string): Version {
  return /^\/\/ Release version: 1\.4/m.test(readFileSync(file, 'utf8')) ? '1.4' : '1.5';
}

const GOLDEN = join(ROOT, 'packages/network/test/golden/vyos');
const COMMITTED = outputs().flatMap(({ folder }) => filesBelow(join(folder, 'devices/vyos'), path => path.endsWith('/config.boot')));
const REFERENCE = filesBelow(GOLDEN, path => path.endsWith('.boot'));

/** Each is one edit that VyOS would refuse. */
const BROKEN: readonly (readonly [what: string, from: string | RegExp, to: string])[] = [
  ['an unknown node', 'host-name', 'host-nam'],
  ['an action that there is not', 'action "accept"', 'action "allow"'],
  ['a port beyond the last', 'port "443"', 'port "70000"'],
  ['an address with a letter', 'address "10.20.0.80"', 'address "10.20.0.8O"'],
  ['a prefix with bits on its right', 'network "10.20.0.0/24"', 'network "10.20.0.1/33"'],
  ['a VLAN above 4094', 'vif 40 {', 'vif 4096 {'],
  ['a rule number of seven digits', 'rule 10 {', 'rule 1000000 {'],
  ['a protocol that there is not', 'protocol "tcp"', 'protocol "tpc"'],
  ['a value for a flag', 'default-log', 'default-log "yes"'],
  ['a missing brace', /\n\}\n/, '\n'],
  ['one leaf, two values', 'default-action "drop"', 'default-action "drop"\n            default-action "reject"'],
  ['a MAC address that is too short', /mac(-address)? "[0-9a-f:]+"/, 'mac$1 "02:00:5e"'],
];

describeWith(['shared'], 'VyOS', () => {
  const verdict = new Verdict('VyOS 1.4 and 1.5 command definitions');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vyos-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([...REFERENCE, ...COMMITTED])('takes %s', file => {
    expect(check(versionOf(file), file)).toBeUndefined();
    verdict.took(1);
  });

  test('takes the commands of every committed gateway', () => {
    for (const file of COMMITTED) {
      expect(check(versionOf(file), join(file, '../commands.txt'))).toBeUndefined();
      verdict.took(1);
    }
  });

  describe.each(['1.4', '1.5'] as const)('%s refuses', version => {
    const whole = readFileSync(join(GOLDEN, version, 'config.boot'), 'utf8');
    const other: (typeof BROKEN)[number] = [
      'the syntax of the other release',
      /mac(-address)? "/g,
      version === '1.4' ? 'mac "' : 'mac-address "',
    ];
    test.each([...BROKEN, other])('%s', (_, from, to) => {
      const spoilt = whole.replace(from, to);
      expect(spoilt).not.toBe(whole);
      const file = join(folder, `${basename(version)}.boot`);
      writeFileSync(file, spoilt);
      const told = check(version, file);
      verdict.sawBroken(told !== undefined);
      expect(told).toContain('REJECTED');
    });
  });

  test.each(['1.4', '1.5'] as const)('%s: the last line names the versions of its components', version => {
    const schema = JSON.parse(readFileSync(join(shared() as string, 'conformance/vyos', `vyos-${version}.schema.json`), 'utf8'));
    const expected = Object.entries(schema.component_versions as Record<string, string>).map(([name, n]) => `${name}@${n}`);
    const line = /vyos-config-version: "(.*)"/.exec(readFileSync(join(GOLDEN, version, 'config.boot'), 'utf8'))?.[1] ?? '';
    expect(line.split(':').sort()).toEqual(expected.sort());
  });
});
