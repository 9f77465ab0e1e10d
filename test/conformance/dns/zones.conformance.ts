import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';
import { installedServer } from './installed-server';

describeWith(['named-checkzone', 'named-checkconf'], 'BIND', () => {
  const zones = outputs().flatMap(({ folder }) => filesBelow(join(folder, 'devices/bind'), f => f.endsWith('.zone')));
  const configurations = outputs().flatMap(({ folder }) =>
    filesBelow(join(folder, 'devices/bind'), f => basename(f).startsWith('named.conf')),
  );
  const verdict = new Verdict('BIND named-checkzone -i full, named-checkconf -z');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bind-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const checkZone = (file: string, name: string) => {
    const run = spawnSync(
      tool('named-checkzone') as string,
      ['-i', 'full', '-k', 'fail', '-m', 'fail', '-n', 'fail', '-r', 'fail', name, file],
      { encoding: 'utf8' },
    );
    return { status: run.status, told: run.stdout };
  };

  test('named-checkzone accepts every zone, with full integrity checks', () => {
    expect(zones.length).toBeGreaterThan(3);
    const faults = zones.map(file => ({ file, ...checkZone(file, basename(file, '.zone')) })).filter(({ status }) => status !== 0);
    verdict.took(zones.length, faults.length);
    expect(faults).toEqual([]);
  });

  test('named-checkconf loads the configuration of every server, zones included', () => {
    expect(configurations.length).toBeGreaterThan(1);
    for (const [i, file] of configurations.entries()) {
      const { configuration, text } = installedServer(join(file, '..'), join(folder, String(i)));
      const run = spawnSync(tool('named-checkconf') as string, ['-z', configuration], { encoding: 'utf8' });
      const loaded = run.stdout.match(/loaded serial/g)?.length ?? 0;
      verdict.took(1, run.status === 0 ? 0 : 1);
      expect({ file, status: run.status, told: run.stdout + run.stderr }).toMatchObject({ file, status: 0 });
      expect(loaded).toBe(text.match(/type primary;/g)?.length ?? 0);
      const broken = `${configuration}.broken`;
      writeFileSync(broken, text.replace('type ', 'kind '));
      const { status } = spawnSync(tool('named-checkconf') as string, [broken]);
      verdict.sawBroken(status !== 0);
      expect(status).not.toBe(0);
    }
  });

  test.each([
    ['an alias with an address of its own', (text: string) => `${text}ns1 IN CNAME www.example.org.\n`],
    ['two aliases of one name', (text: string) => `${text}x IN CNAME a.example.org.\nx IN CNAME b.example.org.\n`],
    ['a label of 64 characters', (text: string) => `${text}${'a'.repeat(64)} IN A 10.20.0.9\n`],
    ['mail for an address', (text: string) => `${text}@ IN MX 10 10.20.0.9.\n`],
    ['an underscore in the name of a host', (text: string) => `${text}my_host IN A 10.20.0.9\n`],
    ['an address that is none', (text: string) => text.replace(/IN A +[\d.]+/, 'IN A 10.20.0.256')],
    ['a name server without an address', (text: string) => text.replace(/^ns1 .*$/gm, '')],
  ])('broken: refuses %s', (_, spoil) => {
    const forward = zones.find(file => /^ns1 +IN A /m.test(readFileSync(file, 'utf8'))) as string;
    const text = readFileSync(forward, 'utf8');
    const broken = join(folder, 'broken.zone');
    writeFileSync(broken, spoil(text));
    expect(spoil(text)).not.toBe(text);
    const { status } = checkZone(broken, basename(forward, '.zone'));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});
