import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsRecordSet, DnsZones, RECORD_TYPES, type RecordType, Vlan } from '@ashlar/network';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';

/** Data of each type, right and wrong, from which variants are made. */
const SEEDS: Readonly<Record<RecordType, readonly string[]>> = {
  A: ['203.0.113.5', '203.0.113.256', '10.1', '010.0.0.1'],
  AAAA: ['2001:db8::5', '::', '2001:db8::5%eth0', '::ffff:203.0.113.5', '2001:DB8::A'],
  CAA: ['0 issue "letsencrypt.org"', '128 iodef "mailto:a@example.net"', '0 issue ";"', '1 issue "x"'],
  CNAME: ['web.example.org', 'k1._domainkey.my_sender.example.org', '_x.example.org'],
  HTTPS: [
    '1 . alpn="h2,h3"',
    '0 web.example.org',
    '16 a.example.org port=443 ipv4hint=203.0.113.1 ipv6hint=2001:db8::1',
    '1 . mandatory=alpn alpn=h2',
  ],
  MX: ['10 mx.example.org', '0 .', '65535 mx.example.org', '10 203.0.113.25', '10 my_mx.example.org'],
  NS: ['ns1.example.org', 'my_ns.example.org'],
  PTR: ['web.example.org', 'my_web.example.org'],
  SRV: ['0 0 389 ldap.example.org', '65535 0 0 .', '0 0 65536 ldap.example.org', '1 2 3 a_b.example.org'],
  SSHFP: [`4 2 ${'ab'.repeat(32)}`, `1 1 ${'0'.repeat(40)}`, `4 2 ${'ab'.repeat(31)}`],
  SVCB: ['1 svc.example.org port=8443', '2 svc.example.org no-default-alpn alpn=h3', '1 . ech=AAAA', '1 . dohpath="/dns-query{?dns}"'],
  TLSA: [`3 1 1 ${'ab'.repeat(32)}`, `2 0 2 ${'0'.repeat(128)}`, '3 0 0 999999'],
  TXT: ['v=spf1 -all', 'a "quoted" word\\', 'x;y', '\\032', '(', 'A'.repeat(600), ' '],
};

const NAMES = [
  'r',
  'my_host',
  '_dmarc',
  '*.apps',
  'a_',
  '_',
  '-a',
  'a--b',
  'xn--a',
  '1',
  '32/27',
  'a.b.c',
  'a'.repeat(63),
  'a'.repeat(64),
  '@',
  'a b',
  'a"b',
  'a;b',
  'ä',
];

/** The same numbers in every run: a test that fails does so again. @see Lehmer, 1951 */
function* numbers(): Generator<number> {
  for (let n = 48_271; ; n = (n * 48_271) % 2_147_483_647) yield n;
}

/** A seed with characters taken out, put in, doubled and exchanged. */
function variant(seed: string, next: () => number): string {
  const characters = [...seed];
  for (let i = next() % 3; i >= 0; i--) {
    const at = next() % (characters.length + 1);
    const other = [...' .-_"\\;(){}=,/@*0123456789abcxyzABC$'][next() % 36] as string;
    const remove = next() % 3;
    characters.splice(at, remove === 0 ? 1 : 0, ...(remove === 2 ? [characters[at] ?? '', other] : [other]));
  }
  return characters.join('');
}

type Try = readonly [name: string, type: RecordType, value: string];

function isTaken([name, type, value]: Try): boolean {
  try {
    new DnsRecordSet(new Site('scratch', { domain: 'example.net' }), 'r', { name, type, values: [value] });
    return true;
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return false;
  }
}

describeWith(['named-checkzone'], 'records that are taken here', () => {
  const verdict = new Verdict('BIND named-checkzone: records of every type');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'records-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (text: string) => {
    const file = join(folder, 'zone');
    writeFileSync(file, text);
    // Who is led to stands in no file here, which -i local passes over.
    const args = ['-i', 'local', '-k', 'fail', '-m', 'fail', '-n', 'fail', '-r', 'fail', 'example.net', file];
    const { status, stdout } = spawnSync(tool('named-checkzone') as string, args, { encoding: 'utf8' });
    return { status, told: status === 0 ? '' : stdout };
  };

  /** The zone of everything that our checks take. */
  const zoneOf = (tries: readonly Try[]) => {
    const site = new Site('lab', { domain: 'example.net' });
    const vlan = new Vlan(site, 'a', { tag: 1, ipv4: '203.0.113.0/24' });
    new DnsZones(site, 'dns', { primary: vlan.host('ns', 5) });
    const taken = tries.filter(isTaken);
    for (const [i, [name, type, value]] of taken.entries()) new DnsRecordSet(site, `r${i}`, { name, type, values: [value] });
    return { taken: taken.length, text: Testing.files(site)['devices/bind/ns/zones/example.net.zone'] as string };
  };

  test.each(RECORD_TYPES)('BIND takes every %s that we take, of some thousand variants', type => {
    const source = numbers();
    const next = () => source.next().value as number;
    const seeds = SEEDS[type];
    const values = [...new Set([...seeds, ...Array.from({ length: 1500 }, () => variant(seeds[next() % seeds.length] as string, next))])];
    const { taken, text } = zoneOf(values.map((value, i): Try => [`n${i}.example.net`, type, value]));
    verdict.took(taken);
    expect(taken).toBeGreaterThan(1);
    expect(check(text)).toEqual({ status: 0, told: '' });
  });

  test('BIND takes every name that we take, for every type', () => {
    const source = numbers();
    const next = () => source.next().value as number;
    const names = [...new Set([...NAMES, ...Array.from({ length: 300 }, () => variant(NAMES[next() % NAMES.length] as string, next))])];
    let all = 0;
    for (const type of RECORD_TYPES) {
      const { taken, text } = zoneOf(names.map((name): Try => [`${name}.example.net`, type, SEEDS[type][0] as string]));
      all += taken;
      expect([type, check(text)]).toEqual([type, { status: 0, told: '' }]);
    }
    verdict.took(all);
    expect(all).toBeGreaterThan(RECORD_TYPES.length * 5);
  });

  const refused: readonly Try[] = [
    ['my_host.example.net', 'A', '203.0.113.5'],
    ['my_host.example.net', 'MX', '10 mx.example.org.'],
    ['r.example.net', 'MX', '10 my_mx.example.net.'],
    ['r.example.net', 'A', '203.0.113.256'],
    ['r.example.net', 'SRV', '0 0 65536 a.example.net.'],
    ['r.example.net', 'NS', 'my_ns.example.net.'],
    ['r.example.net', 'SSHFP', '4 2 xyz'],
    ['r.example.net', 'CAA', '256 issue "x"'],
    ['r.example.net', 'HTTPS', '1 . port=65536'],
    ['r.example.net', 'HTTPS', '1 . no-default-alpn'],
    ['r.example.net', 'HTTPS', '1 . alpn=h2 alpn=h3'],
    ['r.example.net', 'HTTPS', '1 . mandatory=port alpn=h2'],
    [`${'a'.repeat(64)}.example.net`, 'TXT', 'x'],
  ];
  test.each(refused)('neither takes %s %s %s', (name, type, data) => {
    const { taken, text } = zoneOf([[name, type, data.replace(/\.$/, '')]]);
    expect(taken).toBe(0);
    const { status } = check(`${text}${name}. IN ${type} ${data}\n`);
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});
