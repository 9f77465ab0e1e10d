import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';
import { answerFaults } from './answers';

const files = outputs().flatMap(({ folder }) => filesBelow(join(folder, 'devices/proxmox'), () => true));
const ending = (end: string) => files.filter(file => file.endsWith(end)).map(file => ({ file, text: readFileSync(file, 'utf8') }));

describeWith(['ifup'], 'ifupdown2', () => {
  const verdict = new Verdict('ifup --syntax-check');
  let folder: string;
  beforeAll(() => {
    mkdirSync('/run/network', { recursive: true }); // where it keeps its lock
    folder = mkdtempSync(join(tmpdir(), 'interfaces-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (text: string) => {
    const file = join(folder, 'interfaces');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(tool('ifup') as string, ['--syntax-check', '-a', '-i', file], { encoding: 'utf8' });
    return { status, said: `${stdout}${stderr}` };
  };
  const interfaces = ending('/interfaces');

  test('takes the configuration of every node', () => {
    expect(interfaces.length).toBeGreaterThan(0);
    for (const { text } of interfaces) expect(check(text)).toEqual({ status: 0, said: '' });
    verdict.took(interfaces.length);
  });

  test.each([
    ['a method that there is not', 'inet static', 'inet statik'],
    ['an address that is none', /address \d+\./, 'address 300.'],
    ['a gateway that is none', /gateway [\d.]+/, 'gateway 192.168.1'],
    ['a delay in words', 'bridge-fd 0', 'bridge-fd zero'],
    ['a bridge that may know of VLANs', 'bridge-vlan-aware yes', 'bridge-vlan-aware maybe'],
    ['a bridge of nothing', /bridge-ports .*/, 'bridge-ports'],
    ['a tree that is neither on nor off', 'bridge-stp off', 'bridge-stp perhaps'],
  ])('broken: refuses %s', (_, from, to) => {
    const { text } = interfaces[0] as { text: string };
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    const { status } = check(broken);
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});

describeWith(['shellcheck'], 'shellcheck', () => {
  const verdict = new Verdict('shellcheck');
  const scripts = ending('.sh');
  const check = (text: string) => spawnSync(tool('shellcheck') as string, ['-'], { input: text, encoding: 'utf8' }).status;

  test('has nothing to say of the scripts of every cluster', () => {
    expect(scripts.length).toBeGreaterThan(0);
    for (const { text } of scripts) expect(check(text)).toBe(0);
    verdict.took(scripts.length);
  });

  test.each([
    ['an if that does not end', '\nfi\n', '\n'],
    ['a quote that does not end', 'already"', 'already'],
    ['words that are split', '"$here/interfaces"', '$here/interfaces'],
    ['a substitution that does not end', '$(hostname)"', '$(hostname"'],
  ])('broken: refuses %s', (_, from, to) => {
    const text = scripts.map(script => script.text).find(script => script.includes(from)) as string;
    const status = check(text.replace(from, to));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});

describe('the installer, as a table of what it knows', () => {
  const verdict = new Verdict('answer files (a table; no installer)');
  const answers = ending('/answer.toml');

  test('takes the answers of every node', () => {
    expect(answers.length).toBeGreaterThan(0);
    for (const { text } of answers) expect(answerFaults(text)).toEqual([]);
    verdict.took(answers.length);
  });

  test.each([
    ['a table that does not end', '[network]', '[network', /no TOML/],
    ['a field that there is not', 'mailto', 'mail', /unknown global\.mail/],
    ['no password', /root-password-hashed.*\n/, '', /one of root-password/],
    ['a host without a domain', /fqdn = .*/, 'fqdn = "node"', /no domain/],
    ['a keyboard that there is not', /keyboard = .*/, 'keyboard = "qwerty"', /keyboard is "qwerty"/],
    ['an address without its length', /(cidr = "[\d.]+)\/\d+/, '$1', /no prefix/],
    ['no port', /filter\.ID_NET.*\n/, '', /network\.filter must be set/],
    ['an address by DHCP and by hand', 'from-answer', 'from-dhcp', /not supported by from-dhcp/],
    ['no level of ZFS', /zfs\..*\n/g, '', /zfs\.raid must be set/],
    ['a level that ZFS does not have', /zfs\.raid = .*/, 'zfs.raid = "raid5"', /zfs\.raid is "raid5"/],
    ['disks by name and by pattern', '[disk-setup]', '[disk-setup]\ndisk-list = ["sda"]', /one of disk-list and filter/],
  ])('broken: refuses %s', (_, from, to, reason) => {
    const { text } = answers[0] as { text: string };
    const faults = answerFaults(text.replace(from, to)).join('; ');
    verdict.sawBroken(reason.test(faults));
    expect(faults).toMatch(reason);
  });
});
