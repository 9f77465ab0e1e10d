import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { type Answer, PrivateSystem } from './private-system';
import { filesOf, NAMES, tunedHosts } from './tuned-hosts';

/** Programs that take effect on the machine; each must be called as the role says. */
const SILENCED = ['systemctl', 'udevadm', 'swapoff', 'update-initramfs', 'update-grub', 'shutdown'];

describeWith(['ansible-playbook'], 'Ansible', () => {
  const verdict = new Verdict('ansible-playbook');
  const hosts = tunedHosts('debian');
  let system: PrivateSystem;
  beforeAll(() => {
    system = new PrivateSystem(SILENCED);
    for (const [path, text] of Object.entries(hosts.files)) {
      if (!path.startsWith('devices/ansible/')) continue;
      mkdirSync(dirname(join(system.folder, path)), { recursive: true });
      writeFileSync(join(system.folder, path), text);
    }
  });
  afterAll(() => system.close());

  const folderOf = (name: string) => join(system.folder, 'devices/ansible', `${name}-machines`);
  const play = (folder: string, ...args: readonly string[]): Answer =>
    system.run(
      tool('ansible-playbook') as string,
      ['-i', join(folder, 'inventory.yml'), '-c', 'local', ...args, join(folder, 'site.yml')],
      { ANSIBLE_HOME: join(system.folder, 'home'), ANSIBLE_LOCALHOST_WARNING: 'false', ANSIBLE_NOCOLOR: '1', ANSIBLE_PIPELINING: '1' },
    );
  /** On this machine, as it is reached, without packages. */
  const here = (name: string) => [
    '--limit',
    name,
    '-e',
    JSON.stringify({ ansible_become: false, ansible_python_interpreter: '/usr/bin/python3', tuning_packages: [] }),
  ];
  const changed = ({ output }: Answer) => Number(/changed=(\d+)/.exec(output)?.[1]);

  test.each(NAMES)('takes the playbook of %s', name => {
    const answer = play(folderOf(name), '--syntax-check');
    verdict.took(1, answer.status === 0 ? 0 : 1);
    expect(answer).toMatchObject({ status: 0 });
    expect(answer.output).not.toMatch(/warning|error/i);
  });

  test('says under --check what it would do, and does nothing', () => {
    const answer = play(folderOf('everything'), '--check', '--diff', ...here('everything'));
    verdict.took(1, answer.status === 0 ? 0 : 1);
    expect(answer).toMatchObject({ status: 0 });
    expect(answer.output).toContain('+vm.swappiness = 1\n');
    expect(changed(answer)).toBeGreaterThan(0);
    expect(() => system.read('/etc/sysctl.d/90-tuning.conf')).toThrow('ENOENT');
    expect(system.called()).toEqual([]);
  });

  test('writes the files, makes them take effect in order, and changes nothing the second time', () => {
    const first = play(folderOf('everything'), ...here('everything'));
    verdict.took(1, first.status === 0 ? 0 : 1);
    expect(first).toMatchObject({ status: 0 });
    expect(system.called()).toEqual([
      'systemctl daemon-reexec',
      'systemctl restart systemd-modules-load.service',
      'systemctl restart systemd-sysctl.service',
      'systemctl enable tuning.service',
      'systemctl restart tuning.service',
      'udevadm control --reload',
      'udevadm trigger --subsystem-match=block --action=change',
      'udevadm trigger --subsystem-match=net --action=add',
      'systemctl restart chrony.service',
      'update-initramfs -u',
      'update-grub ',
    ]);
    for (const [path, text] of Object.entries(filesOf(hosts, 'everything'))) expect(system.read(path)).toBe(text);

    const second = play(folderOf('everything'), ...here('everything'));
    expect(second).toMatchObject({ status: 0 });
    expect(changed(second)).toBe(0);
    expect(system.called()).toEqual([]);
  });

  test('removes what is left of another profile', () => {
    system.put({ '/etc/udev/rules.d/90-tuning.rules': '# of a disk that is gone\n' });
    const answer = play(folderOf('kubernetes'), ...here('kubernetes'));
    expect(answer).toMatchObject({ status: 0 });
    expect(() => system.read('/etc/udev/rules.d/90-tuning.rules')).toThrow('ENOENT');
    expect(system.called()).toContain('swapoff --all');
  });

  test('refuses a host that boots by another command line', () => {
    system.put({ '/etc/kernel/cmdline': 'root=ZFS=rpool/ROOT/pve-1 boot=zfs\n' });
    const answer = play(folderOf('latency'), ...here('latency'));
    system.remove('/etc/kernel/cmdline');
    expect(answer.status).not.toBe(0);
    expect(answer.output).toContain('This host boots by the command line in /etc/kernel/cmdline');
    expect(system.called()).toEqual([]);
  });

  test.each<[title: string, file: string, from: RegExp, to: string, reason: RegExp, args: readonly string[]]>([
    ['a module that there is not', 'roles/tuning/tasks/main.yml', /builtin\.copy/, 'builtin.cpy', /couldn't resolve module/, []],
    ['a task of two modules', 'roles/tuning/tasks/main.yml', /( +)register: .*/, '$1ansible.builtin.command: id', /conflicting action/, []],
    ['a role that there is not', 'site.yml', /- tuning$/m, '- tunings', /role 'tunings' was not found/, []],
    ['text that is no YAML', 'inventory.yml', /^ {2}children:/m, ' children', /parse/i, []],
    ['a play without hosts', 'site.yml', /^ {2}hosts: .*\n/m, '', /'hosts' is missing|required/, []],
    [
      'a file that nobody wrote',
      'inventory.yml',
      /path: \/etc\/sysctl\.d\/90-tuning\.conf/,
      'path: /etc/sysctl.d/91.conf',
      /91\.conf/,
      ['run'],
    ],
    [
      'a handler that there is not',
      'roles/tuning/handlers/main.yml',
      /Load the kernel modules/,
      'Load modules',
      /handler .* was not found/,
      ['run'],
    ],
  ])('refuses %s', (_, file, from, to, reason, mode) => {
    const folder = join(system.folder, 'broken');
    rmSync(folder, { recursive: true, force: true });
    cpSync(folderOf('kubernetes'), folder, { recursive: true });
    const text = hosts.files[`devices/ansible/kubernetes-machines/${file}`] as string;
    expect(text).toMatch(from);
    writeFileSync(join(folder, file), text.replace(from, to));
    system.put({ '/etc/modules-load.d/tuning.conf': '# something else\n' });
    const answer = play(folder, ...(mode.length > 0 ? here('kubernetes') : ['--syntax-check']));
    const refused = answer.status !== 0 || /Unable to parse|Failed to parse/.test(answer.output);
    verdict.sawBroken(refused);
    expect(answer.output).toMatch(reason);
    expect(refused).toBe(true);
  });
});
