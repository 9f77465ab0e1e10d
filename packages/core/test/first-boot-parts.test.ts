import { Construct } from 'constructs';
import { type AptRepository, FirstBoot, Site, Size } from '../src';
import { told, untyped } from './told';

const boot = () => new FirstBoot(new Construct(new Site('lab', { domain: 'lab.example.net' }), 'web'));
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExampleExampleExampleExampleExampleExample dev@example.net';
const DISK = { name: 'data', size: Size.gibibytes(10), device: '/dev/disk/by-id/one' };
const REPOSITORY: AptRepository = {
  url: 'https://packages.example.net/debian',
  suite: '$RELEASE',
  components: ['main'],
  key: '0123456789ABCDEF0123456789ABCDEF01234567',
};

test('what was added is sorted, whoever added it first', () => {
  const first = boot();
  first.user('zoe', { sshKeys: [KEY] });
  first.user('ada', { sshKeys: [KEY], groups: ['docker'], sudo: true });
  first.repository('tools', REPOSITORY);
  first.repository('docker', { ...REPOSITORY, suite: 'stable' });
  first.repository('docker', { ...REPOSITORY, suite: 'stable' });
  first.mount({ ...DISK, name: 'wal', device: '/dev/disk/by-id/two' }, '/srv/data/wal', { filesystem: 'xfs' });
  first.mount(DISK, '/srv/data');
  first.setTimezone('Europe/Vienna');
  first.setTimezone('Europe/Vienna');
  first.setSwap(Size.gibibytes(1));
  expect(first.users.map(([name]) => name)).toEqual(['ada', 'zoe']);
  expect(first.repositories.map(([name]) => name)).toEqual(['docker', 'tools']);
  expect(first.mounts.map(({ path, filesystem }) => [path, filesystem])).toEqual([
    ['/srv/data', 'ext4'],
    ['/srv/data/wal', 'xfs'],
  ]);
  expect([first.timezone, String(first.swap)]).toEqual(['Europe/Vienna', '1 GiB']);
});

test.each<[string, (first: FirstBoot) => void]>([
  ['git', f => f.install('git')],
  ['/etc/a', f => f.file('/etc/a', '')],
  ['reboot', f => f.run('reboot')],
  ['dev', f => f.user('dev', { sshKeys: [KEY] })],
  ['/srv', f => f.mount(DISK, '/srv')],
  ['UTC', f => f.setTimezone('UTC')],
  ['1 GiB', f => f.setSwap(Size.gibibytes(1))],
  ['https://packages.example.net/debian', f => f.repository('tools', REPOSITORY)],
])('%s is something that was added', (what, add) => {
  const first = boot();
  expect(first.firstAddition).toBeUndefined();
  add(first);
  expect(first.firstAddition).toBe(what);
});

const USER = { sshKeys: [KEY] };
test.each<[string, (first: FirstBoot) => void, string]>([
  [
    'an account of another form',
    f => f.user('Dev', USER),
    '[lab/web] the name of an account must be up to 32 lower-case letters, digits, dashes and underscores, got "Dev"; write it like dev (PROP_FORMAT)',
  ],
  ['root', f => f.user('root', USER), '[lab/web] root is the account of the system; choose another name, with sudo: true (BOOT_USER)'],
  [
    'an account twice',
    f => [1, 2].map(() => f.user('dev', USER)),
    '[lab/web] the account dev is already made at first boot; choose another name (BOOT_USER)',
  ],
  [
    'an account without a key',
    f => f.user('dev', { sshKeys: [] }),
    "[lab/web] sshKeys is empty; write sshKeys: ['ssh-ed25519 AAAA…'] (PROP_EMPTY)",
  ],
  [
    'an account with a private key',
    f => f.user('dev', { sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }),
    '[lab/web] sshKeys must be public SSH keys on one line each, got "-----BEGIN OPENSSH PRIVATE KEY-----"; write it like ssh-ed25519 AAAAC3… ops@example.net (PROP_FORMAT)',
  ],
  [
    'a password',
    f => f.user('dev', untyped({ ...USER, password: 'x' })),
    '[lab/web] there is no property password; use one of sshKeys, groups, sudo (PROP_UNKNOWN)',
  ],
  [
    'a repository without TLS',
    f => f.repository('tools', { ...REPOSITORY, url: 'http://packages.example.net' }),
    '[lab/web] url must be an https URL, got "http://packages.example.net"; write it like https://packages.example.net/debian (PROP_FORMAT)',
  ],
  [
    'the short id of a key',
    f => f.repository('tools', { ...REPOSITORY, key: '0EBFCD88' }),
    '[lab/web] the key of repository tools must be its whole fingerprint, 40 upper-case hexadecimal digits, or the armored public key, got "0EBFCD88"; copy it from the vendor: shorter ids have been forged (BOOT_REPOSITORY_KEY)',
  ],
  [
    'a repository of two vendors',
    f => ['a', 'b'].map(at => f.repository('tools', { ...REPOSITORY, url: `https://${at}.example.net` })),
    '[lab/web] repository tools is already that of https://a.example.net $RELEASE, got "https://b.example.net $RELEASE"; use one of them, or give this one another name (BOOT_REPOSITORY)',
  ],
  [
    'a repository without a component',
    f => f.repository('tools', { ...REPOSITORY, components: [] }),
    "[lab/web] components is empty; write components: ['main'] (PROP_EMPTY)",
  ],
  [
    'two disks at one path',
    f => [DISK, { ...DISK, name: 'wal', device: '/dev/b' }].map(disk => f.mount(disk, '/srv')),
    '[lab/web] disk wal cannot be mounted at /srv: disk data is at /srv; choose another path (BOOT_MOUNT)',
  ],
  [
    'a disk at two paths',
    f => ['/srv', '/home'].map(path => f.mount(DISK, path)),
    '[lab/web] disk data cannot be mounted at /home: disk data is at /srv; mount each disk once (BOOT_MOUNT)',
  ],
  [
    'a disk at the root',
    f => f.mount(DISK, '/'),
    '[lab/web] disk data is mounted at an absolute path below /, got "/"; write it like \'/var/lib/postgresql\' (BOOT_MOUNT)',
  ],
  [
    'a disk by its name',
    f => f.mount(untyped('data'), '/srv'),
    '[lab/web] only a data disk is mounted, got "data"; pass one of its dataDisks (BOOT_MOUNT)',
  ],
  [
    'another file system',
    f => f.mount(DISK, '/srv', untyped({ filesystem: 'ntfs' })),
    '[lab/web] filesystem must be one of ext4, xfs, got "ntfs"; write filesystem: \'ext4\' (PROP_CHOICE)',
  ],
  [
    'a time zone by its offset',
    f => f.setTimezone('+01:00'),
    '[lab/web] the time zone must be a name of the tz database, got "+01:00"; write it like Europe/Vienna (PROP_FORMAT)',
  ],
  [
    'two time zones',
    f => ['UTC', 'Europe/Vienna'].map(zone => f.setTimezone(zone)),
    '[lab/web] time zone is already UTC at first boot, got "Europe/Vienna"; write it once (BOOT_TWICE)',
  ],
  [
    'two sizes of swap',
    f => [1, 2].map(size => f.setSwap(Size.gibibytes(size))),
    '[lab/web] swap is already 1 GiB at first boot, got "2 GiB"; write it once (BOOT_TWICE)',
  ],
])('%s is told', (_, action, text) => {
  expect(told(() => action(boot()))).toBe(text);
});
