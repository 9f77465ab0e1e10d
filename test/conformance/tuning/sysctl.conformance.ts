import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SYSCTLS } from '../../../packages/hardware/src/tuning/sysctl';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { PrivateSystem } from './private-system';
import { filesOf, NAMES, tunedHosts } from './tuned-hosts';

/** The program of `systemd-sysctl.service`. */
const SYSCTL = '/usr/lib/systemd/systemd-sysctl';
const FILE = '/etc/sysctl.d/90-tuning.conf';

/** Keys of modules, and of kernels with more than one memory node, which the kernel of a container may lack. */
const OPTIONAL = /^(net\.bridge\.|net\.netfilter\.|kernel\.numa_balancing$)/;

describeWith(['systemd-analyze'], 'kernel parameters', () => {
  const hosts = tunedHosts('debian');
  const text = (name: string) => filesOf(hosts, name)[FILE] as string;
  const values = (name: string) => [...text(name).matchAll(/^([\w.-]+) = (.*)$/gm)].map(([, key = '', value = '']) => ({ key, value }));
  const pathOf = (key: string) => `/proc/sys/${key.replaceAll('.', '/')}`;

  describe('systemd-sysctl', () => {
    const verdict = new Verdict('systemd-sysctl');
    let system: PrivateSystem;
    beforeAll(() => {
      system = new PrivateSystem();
    });
    afterAll(() => system.close());
    const apply = (content: string) => {
      system.put({ [FILE]: content });
      return system.run(SYSCTL, [FILE]);
    };

    test.each(NAMES)('sets every value of %s', name => {
      system.put(Object.fromEntries(values(name).map(({ key }) => [pathOf(key), ''])));
      expect(apply(text(name))).toEqual({ status: 0, output: '' });
      for (const { key, value } of values(name)) expect(system.read(pathOf(key)).trim()).toBe(value);
      verdict.took(values(name).length);
    });

    test.each([
      ['a line without =', /vm\.swappiness = /, 'vm.swappiness '],
      ['a key that there is not', /vm\.swappiness/, 'vm.swapiness'],
      ['a folder for a key', /vm\.swappiness/, 'vm'],
      ['a line of a value alone', /^vm\.swappiness = 1$/m, '1'],
    ])('refuses %s', (_, from, to) => {
      const spoilt = text('everything').replace(from, to);
      expect(spoilt).not.toBe(text('everything'));
      mkdirSync(dirname(join(system.folder, 'proc-sys/vm/x')), { recursive: true });
      const answer = apply(spoilt);
      verdict.sawBroken(answer.output !== '');
      expect(answer.output).not.toBe('');
    });
  });

  test('are keys of the kernel that runs here, those that no profile sets too', () => {
    const verdict = `kernel parameters known to this kernel`;
    const keys = [...new Set([...Object.keys(SYSCTLS), ...NAMES.flatMap(name => values(name).map(({ key }) => key))])].sort();
    const unknown = keys.filter(key => !existsSync(pathOf(key)));
    process.stdout.write(
      `\n${verdict}: ${keys.length - unknown.length} of ${keys.length}${unknown.length > 0 ? `, not ${unknown.join(', ')}` : ''}\n`,
    );
    expect(keys.length).toBeGreaterThan(50);
    expect(unknown.filter(key => !OPTIONAL.test(key))).toEqual([]);
    expect(existsSync(pathOf('vm.swapiness'))).toBe(false);
  });
});
