import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describeWith, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';

const GOLDEN = join(ROOT, 'packages/hci/test/golden');
const UNITS = ['drive/mnt-usb1.mount', 'drbd/linstor/linstor/all/var-lib-linstor.mount'];

describeWith(['systemd-analyze'], 'mount units', () => {
  const verdict = new Verdict('systemd-analyze verify (mounts)');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mounts-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Silence is consent: it ends well also after a warning. */
  const verify = (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(tool('systemd-analyze') as string, ['verify', '--man=no', file], { encoding: 'utf8' });
    rmSync(file);
    return { status, stderr };
  };
  const own = (unit: string) => readFileSync(join(GOLDEN, unit), 'utf8');

  test.each(UNITS)('takes %s', unit => {
    expect(verify(basename(unit), own(unit))).toEqual({ status: 0, stderr: '' });
    verdict.took(1);
  });

  test.each([
    ['a unit whose name is not its path', UNITS[0], /Where=.*/, 'Where=/mnt/other'],
    ['a path that is not absolute', UNITS[0], /Where=.*/, 'Where=mnt/usb1'],
    ['a unit without a device', UNITS[0], /What=.*\n/, ''],
    ['a setting that there is not', UNITS[0], 'Type=', 'FileSystem='],
    ['a section that there is not', UNITS[0], '[Mount]', '[Drive]'],
    ['a database that is mounted elsewhere', UNITS[1], /Where=.*/, 'Where=/srv/linstor'],
  ] as const)('broken: refuses %s', (_, unit, from, to) => {
    const text = own(unit as string);
    const spoilt = text.replace(from, to);
    expect(spoilt).not.toBe(text);
    const { status, stderr } = verify(basename(unit as string), spoilt);
    verdict.sawBroken(status !== 0 || stderr !== '');
    expect(`${status} ${stderr}`).not.toBe('0 ');
  });

  test('the scripts beside them are shell scripts', () => {
    expect(spawnSync('sh', ['-n', join(GOLDEN, 'drive/mnt-usb1.sh')]).status).toBe(0);
  });
});
