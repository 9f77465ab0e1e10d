import { Construct } from 'constructs';
import { FirstBoot, Secret, Site } from '../src';
import { told, untyped } from './told';

const boot = () => new FirstBoot(new Construct(new Site('lab', { domain: 'lab.example.net' }), 'web'));

test('packages and files are sorted, commands stay in their order', () => {
  const first = boot();
  first.install('nginx', 'curl');
  first.install('curl');
  first.file('/etc/b', 'b');
  first.file('/etc/a', 'a', '0755');
  first.run('systemctl enable nginx');
  first.run('apt-get update');
  expect(first.packages).toEqual(['curl', 'nginx']);
  expect(first.files.map(file => [file.path, file.mode])).toEqual([
    ['/etc/a', '0755'],
    ['/etc/b', '0644'],
  ]);
  expect(first.commands).toEqual(['systemctl enable nginx', 'apt-get update']);
});

test('only root reads a secret', () => {
  const first = boot();
  first.file('/etc/token', Secret.fromTerraformVariable('token'));
  expect(first.files[0]?.mode).toBe('0600');
});

test.each<[string, (first: FirstBoot) => void, string]>([
  ['twice', f => f.file('/etc/a', ''), '[lab/web] /etc/a is already written at first boot; choose another path (BOOT_FILE)'],
  ['relative', f => f.file('etc/a', ''), '[lab/web] etc/a is not an absolute path; choose another path (BOOT_FILE)'],
  ['no path', f => f.file(untyped(undefined), ''), '[lab/web] undefined is not an absolute path; choose another path (BOOT_FILE)'],
  [
    'a mode of three digits',
    f => f.file('/etc/b', '', '644'),
    '[lab/web] the mode of /etc/b is four octal digits, got "644"; write it like \'0644\' (BOOT_MODE)',
  ],
  [
    'a mode as a number',
    f => f.file('/etc/b', '', untyped(0o644)),
    "[lab/web] the mode of /etc/b is four octal digits, got 420; write it like '0644' (BOOT_MODE)",
  ],
])('a file that is %s is told', (_, action, text) => {
  const first = boot();
  first.file('/etc/a', '');
  expect(told(() => action(first))).toBe(text);
});
