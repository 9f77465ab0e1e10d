import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { devices } from './sites';

describeWith(['systemd-analyze', 'wg', 'wg-quick'], 'systemd', () => {
  const verdict = new Verdict('systemd-analyze verify');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'units-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Silence is consent: it ends well also after a warning. */
  const verify = (units: Readonly<Record<string, string>>) => {
    for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text);
    const files = Object.keys(units).map(name => join(folder, name));
    const { status, stderr } = spawnSync(tool('systemd-analyze') as string, ['verify', '--man=no', ...files], { encoding: 'utf8' });
    return { status, stderr };
  };
  const units = () => devices().find(device => device.machine === 'office')?.units ?? {};

  test('takes the units that ask again for names', () => {
    expect(Object.keys(units())).toEqual(['wg0-endpoints.service', 'wg0-endpoints.timer']);
    expect(verify(units())).toEqual({ status: 0, stderr: '' });
    verdict.took(2);
  });

  test.each([
    ['a program without its path', 'service', '/bin/sh', './sh'],
    ['a setting that there is not', 'service', 'Type=', 'Kind='],
    ['a quote that does not end', 'service', /'$/m, ''],
    ['a time that there is not', 'timer', '0/30', '0/99'],
    ['a timer that never fires', 'timer', /OnCalendar=.*\n/, ''],
  ])('broken: refuses %s', (_, kind, from, to) => {
    const spoilt = Object.entries(units()).map(([name, text]) => [name, name.endsWith(kind) ? text.replace(from, to) : text]);
    const { status, stderr } = verify(Object.fromEntries(spoilt));
    verdict.sawBroken(status !== 0 || stderr !== '');
    expect(`${status} ${stderr}`).not.toBe('0 ');
  });
});
