import { existsSync } from 'node:fs';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { type Answer, PrivateSystem } from './private-system';
import { filesOf, NAMES, tunedHosts } from './tuned-hosts';

/** How one kind of file is read by the program that it is for. Silence is consent: many end well after a warning. */
interface Reader {
  readonly program: string;
  readonly path: RegExp;
  /** Reads the files at these paths. */
  readonly read: (system: PrivateSystem, paths: readonly string[]) => Answer;
  /** What it says of a file that it does not take. */
  readonly complaint: RegExp;
  readonly broken: readonly (readonly [title: string, from: RegExp, to: string])[];
}

const READERS: readonly Reader[] = [
  {
    program: 'systemd-analyze',
    path: /\.service$/,
    read: (system, paths) => system.run(tool('systemd-analyze') as string, ['verify', '--man=no', ...paths]),
    complaint: /./,
    broken: [
      ['a program without its path', /ExecStart=\/usr\/bin\//, 'ExecStart=./'],
      ['a setting that there is not', /^Type=/m, 'Kind='],
      ['a kind of service that there is not', /oneshot/, 'once'],
      ['a service that does nothing', /^ExecStart=.*\n/m, ''],
    ],
  },
  {
    program: 'udevadm',
    path: /\.rules$/,
    read: system => system.run(tool('udevadm') as string, ['test', '--action=change', '/sys/class/mem/null']),
    complaint: /90-tuning\.rules:.*/,
    broken: [
      ['a key that there is not', /SYMLINK==/, 'SYMLNK=='],
      ['a quote that does not end', /"none"/, '"none'],
      ['an operator that there is not', /SUBSYSTEM==/, 'SUBSYSTEM=~'],
      ['an attribute without a name', /ATTR\{queue\/scheduler\}/, 'ATTR'],
    ],
  },
  {
    program: 'udevadm',
    path: /\.link$/,
    read: system =>
      system.run(tool('udevadm') as string, ['test-builtin', 'net_setup_link', '/sys/class/net/lo'], { SYSTEMD_LOG_LEVEL: 'debug' }),
    complaint: /70-tuning-\w+\.link:\d+:.*/,
    broken: [
      ['a key that there is not', /RxBufferSize/, 'RxBuffer'],
      ['an address that is none', /02:00:5e:10:00:1\d/, '02:00:5e'],
      ['a size that is none', /MTUBytes=9000/, 'MTUBytes=jumbo'],
      ['a switch that is neither on nor off', /GenericReceiveOffload=yes/, 'GenericReceiveOffload=maybe'],
    ],
  },
  {
    program: 'modprobe',
    path: /modprobe\.d\//,
    read: (system, paths) => system.run(tool('modprobe') as string, ['-C', ...paths, '--showconfig']),
    complaint: /ignoring bad line.*/,
    broken: [
      ['a word that there is not', /^blacklist/m, 'blaklist'],
      ['nothing to refuse', /^blacklist pcspkr/m, 'blacklist'],
      ['a module alone', /^blacklist /m, ''],
    ],
  },
  {
    program: 'chronyd',
    path: /\.sources$/,
    read: (system, paths) => system.run(tool('chronyd') as string, ['-p', '-f', ...paths]),
    complaint: /Fatal error.*/,
    broken: [
      ['an option that there is not', /iburst/, 'iburts'],
      ['a word that there is not', /^server/m, 'servers'],
      ['a server without a name', /^server .*$/m, 'server'],
    ],
  },
];

const hosts = tunedHosts('debian');

describe.each(READERS)('$program reads $path', ({ program, path, read, complaint, broken }) => {
  describeWith([program], program, () => {
    const verdict = new Verdict(`${program}, ${path.source}`);
    let system: PrivateSystem;
    beforeAll(() => {
      system = new PrivateSystem();
    });
    afterAll(() => system.close());

    /** What it says of the files of one machine that are of this kind. */
    const complaints = (files: Readonly<Record<string, string>>): string[] => {
      system.put(files);
      const { output } = read(system, Object.keys(files));
      for (const file of Object.keys(files)) system.remove(file);
      return output.split('\n').filter(line => complaint.test(line));
    };
    const ofThisKind = (name: string) => Object.fromEntries(Object.entries(filesOf(hosts, name)).filter(([file]) => path.test(file)));

    test.each(NAMES.filter(name => Object.keys(ofThisKind(name)).length > 0))('takes that of %s', name => {
      const found = complaints(ofThisKind(name));
      verdict.took(Object.keys(ofThisKind(name)).length, found.length);
      expect(found).toEqual([]);
    });

    test.each(broken)('refuses %s', (_, from, to) => {
      const [[file, text]] = Object.entries(ofThisKind('everything')) as [[string, string]];
      expect(text).toMatch(from);
      const found = complaints({ [file]: text.replace(from, to) });
      verdict.sawBroken(found.length > 0);
      expect(found).not.toEqual([]);
    });
  });
});

describeWith(['systemd-analyze'], 'systemd-tmpfiles', () => {
  const verdict = new Verdict('systemd-tmpfiles');
  const PATH = '/etc/tmpfiles.d/tuning.conf';
  const governors = [0, 1].map(cpu => `/sys/devices/system/cpu/cpu${cpu}/cpufreq/scaling_governor`);
  let system: PrivateSystem;
  beforeAll(() => {
    system = new PrivateSystem();
  });
  afterAll(() => system.close());
  const create = () => system.run('systemd-tmpfiles', [`--root=${system.folder}`, '--create', 'tuning.conf']);

  test('writes what is there, and nothing where it is not', () => {
    system.put({
      [PATH]: filesOf(hosts, 'everything')[PATH] as string,
      ...Object.fromEntries(governors.map(file => [file, 'powersave\n'])),
    });
    expect(create()).toEqual({ status: 0, output: '' });
    expect(governors.map(file => system.read(file))).toEqual(
      ['performance\n', 'performance\n'].map(text => expect.stringContaining(text.trim())),
    );
    expect(existsSync(`${system.folder}/sys/kernel`)).toBe(false);
    verdict.took(1);
  });

  test.each([
    ['a kind of line that there is not', /^w /m, 'W '],
    ['a path that is not absolute', / \/sys\//, ' sys/'],
    ['a mode that is none', / - - - - performance/, ' 99999 - - - performance'],
  ])('refuses %s', (_, from, to) => {
    const text = filesOf(hosts, 'everything')[PATH] as string;
    expect(text).toMatch(from);
    system.put({ [PATH]: text.replace(from, to) });
    const { status, output } = create();
    verdict.sawBroken(status !== 0);
    expect(output).toContain('tuning.conf:');
    expect(status).not.toBe(0);
  });
});

describeWith(['systemd-analyze'], 'systemd-fstab-generator', () => {
  const verdict = new Verdict('systemd-fstab-generator');
  const GENERATOR = '/usr/lib/systemd/system-generators/systemd-fstab-generator';
  let system: PrivateSystem;
  beforeAll(() => {
    system = new PrivateSystem();
    system.put({ '/etc/fstab': '/dev/disk/by-label/swap none swap sw 0 0\n', '/units/keep': '' });
  });
  afterAll(() => system.close());

  /** Whether a boot with this command line leaves the swap of `/etc/fstab` alone. */
  const leavesSwap = (commandLine: string): boolean => {
    const units = `${system.folder}/units`;
    const { output } = system.run(GENERATOR, [units, units, units], { SYSTEMD_PROC_CMDLINE: commandLine });
    return output.includes('disabled on kernel command line');
  };
  const [, ours = ''] = /GRUB_CMDLINE_LINUX (.*)"/.exec(filesOf(hosts, 'kubernetes')['/etc/default/grub.d/90-tuning.cfg'] ?? '') ?? [];

  test('makes no swap with our command line', () => {
    expect(leavesSwap(ours)).toBe(true);
    verdict.took(1);
  });

  test.each(['', 'systemd.swop=0', 'systemd.swap=maybe', 'systemd.swap=1'])('makes some with "%s"', commandLine => {
    verdict.sawBroken(!leavesSwap(commandLine));
    expect(leavesSwap(commandLine)).toBe(false);
  });
});
