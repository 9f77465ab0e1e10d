import { spawnSync } from 'node:child_process';
import { promises as dns } from 'node:dns';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Ledger, Port, Secret, Site } from '@ashlar/core';
import { DnsAlias, DnsDelegation, DnsRecordSet, DnsService, DnsZones, PublicName, type RecordType, TsigKey, Vlan } from '@ashlar/network';
import { describeWith, filesBelow, tool } from '../tool';
import { Verdict } from '../verdict';
import { installedServer, TEST_SECRET } from './installed-server';
import { type StartedProgram, StartedPrograms, until } from './started-programs';

/** Ports of the two servers, and of one that pretends. */
const [PRIMARY, SECONDARY, STRANGER] = [15_353, 15_354, 15_356] as const;
/** Of a client of the site, and of one of the Internet, both on this machine. */
const [INSIDE, OUTSIDE] = ['127.0.0.55', '127.9.9.9'] as const;

const key = (name: string) => TsigKey.of(name, { secret: Secret.fromOpenBao('kv/dns', name) });

/** The site is 127.0.0.0/24 in this test, so that who asks from 127.9.9.9 is the Internet. */
function rendered(folder: string, more: readonly string[] = []): void {
  const site = new Site('hosting', { domain: 'example.net' });
  new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27', ipv6: '2001:db8:0:20::/64' });
  const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
  const [ns1, ns2, mail] = [dmz.host('ns1', 2), dmz.host('ns2', 3), dmz.host('mail', 4)];
  for (const [i, name] of more.entries()) dmz.host(name, 10 + i);
  new DnsAlias(site, 'www', { target: inside.host('shop', 80) });
  new DnsService(site, 'submission', { port: Port.tcp(587), targets: [mail] });
  new PublicName(site, 'outside', { name: 'shop.example.net', addresses: ['203.0.113.60'] });
  for (const [name, type, value] of RECORDS) new DnsRecordSet(site, `${type} ${name}`, { name, type, values: [value] });
  const servers = [{ name: 'ns1.lab.example.net', addresses: ['198.51.100.53'] }, { name: 'ns.example.org' }];
  new DnsDelegation(site, 'lab', { domain: 'lab.example.net', servers });
  const external = { domains: ['example.net'], tsig: key('outside') };
  new DnsZones(site, 'dns', { primary: ns1, secondaries: [ns2], tsig: key('inside'), external, dnssec: true });
  site.synth(join(folder, 'out'));
}

const RECORDS: readonly (readonly [string, RecordType, string])[] = [
  ['example.net', 'MX', '10 mail.example.net'],
  ['key._domainkey.example.net', 'TXT', `p=${'A'.repeat(392)}`],
  ['note.example.net', 'TXT', 'a "quoted" word\\; and more'],
  ['example.net', 'CAA', '0 issue "letsencrypt.org"'],
  ['mail.example.net', 'SSHFP', `4 2 ${'ab'.repeat(32)}`],
  ['_25._tcp.mail.example.net', 'TLSA', `3 1 1 ${'cd'.repeat(32)}`],
  ['mail.example.net', 'HTTPS', '1 . alpn="h2,h3" port=8443 ipv4hint=203.0.113.36'],
  ['_8443._foo.example.net', 'SVCB', '1 mail.example.net port=8443'],
  ['*.apps.example.net', 'AAAA', '2001:db8:0:20::4'],
  ['old.example.net', 'CNAME', 'www.example.org'],
];

describeWith(['named', 'dig'], 'a real BIND, primary and secondary', () => {
  const verdict = new Verdict('BIND named: queries, transfers, views');
  const programs = new StartedPrograms();
  const servers: Record<string, StartedProgram> = {};
  let folder: string;

  const install = (name: string, port: number, others: Readonly<Record<string, number>>, root = join(folder, name)) => {
    const { configuration, text } = installedServer(join(folder, `out/devices/bind/${name}`), root, { port, others });
    writeFileSync(configuration, text.replace(/localhost;[^}]*/, '127.0.0.0/24;\n'));
    return configuration;
  };

  const start = async (name: string, configuration: string) => {
    servers[name] = await programs.start('named', ['-g', '-c', configuration, '-n', '1'], / running$/m);
  };

  const dig = (server: number, ...args: string[]) => {
    const run = spawnSync(tool('dig') as string, ['@127.0.0.1', '-p', String(server), '+time=2', '+tries=1', ...args], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    return run.stdout;
  };
  const short = (server: number, from: string, name: string, type: string) => dig(server, '-b', from, '+short', name, type).trim();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'named-'));
    rendered(folder);
    await start('ns1', install('ns1', PRIMARY, { '203.0.113.35': SECONDARY }));
    await start('ns2', install('ns2', SECONDARY, { '203.0.113.34': PRIMARY }));
    const log = () => servers.ns2?.log() ?? '';
    await until(() => (log().match(/Transfer status: success/g)?.length ?? 0) >= 7, log);
  }, 60_000);

  afterAll(async () => {
    await programs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** `name type data` of every record in the zone files of a view, without that of the serial. */
  const records = (view: string) =>
    filesBelow(join(folder, 'out/devices/bind/ns1/zones', view), () => true).flatMap(file => {
      const zone = `${basename(file, '.zone')}.`;
      return readFileSync(file, 'utf8')
        .split('\n')
        .flatMap(line => {
          const [, name = '', type = '', data = ''] = /^(\S+) +IN (\S+) +(.*)$/.exec(line) ?? [];
          return name === '' || type === 'SOA' ? [] : [`${name === '@' ? zone : `${name}.${zone}`} ${type} ${data}`];
        });
    });

  /** What a server says to the question for each of them, in the same form. */
  const answers = (server: number, from: string, transport: string, asked: readonly string[]) => {
    const questions = join(folder, 'questions');
    writeFileSync(questions, asked.map(record => record.split(' ').slice(0, 2).join(' ')).join('\n'));
    const shown = ['+noall', '+answer', '+authority', '+additional', '+nosplit', '+norecurse'];
    return dig(server, '-b', from, transport, ...shown, '-f', questions)
      .split('\n')
      .map(line => line.replace(/^(\S+)\s+\d+\s+IN\s+(\S+)\s+/, '$1 $2 '))
      .map(line => (/ (SSHFP|TLSA) /.test(line) ? line.replace(/[A-F0-9]+$/, hex => hex.toLowerCase()) : line));
  };

  test.each([
    ['internal', INSIDE],
    ['external', OUTSIDE],
  ])('%s: both servers answer for every record, over UDP and TCP', (view, from) => {
    const expected = records(view);
    expect(new Set(expected.map(record => record.split(' ')[1])).size).toBeGreaterThanOrEqual(12);
    for (const server of [PRIMARY, SECONDARY]) {
      for (const transport of ['+notcp', '+tcp']) {
        const told = new Set(answers(server, from, transport, expected));
        const missing = expected.filter(record => !told.has(record));
        verdict.took(expected.length, missing.length);
        expect(missing).toEqual([]);
      }
    }
  });

  test('a text of 394 bytes comes back whole', async () => {
    const resolver = new dns.Resolver({ timeout: 2000, tries: 1 });
    resolver.setServers([`127.0.0.1:${PRIMARY}`]);
    resolver.setLocalAddress(INSIDE);
    const [parts = []] = await resolver.resolveTxt('key._domainkey.example.net');
    expect(parts.join('')).toBe(`p=${'A'.repeat(392)}`);
    verdict.took(1);
  });

  test('the secondary has both views by transfer, and each view its own answer', () => {
    for (const server of [PRIMARY, SECONDARY]) {
      expect(short(server, INSIDE, 'shop.example.net', 'A')).toBe('10.30.0.80');
      expect(short(server, OUTSIDE, 'shop.example.net', 'A')).toBe('203.0.113.60');
      expect(dig(server, '-b', OUTSIDE, '80.0.30.10.in-addr.arpa', 'PTR')).toContain('status: REFUSED');
      verdict.took(2);
      verdict.sawBroken(true);
    }
  });

  test('a delegated domain is referred to its servers, with glue', () => {
    const told = dig(PRIMARY, '-b', OUTSIDE, '+norecurse', 'x.lab.example.net', 'A');
    expect(told).toMatch(/lab\.example\.net\.\s+\d+\s+IN\s+NS\s+ns1\.lab\.example\.net\./);
    expect(told).toMatch(/ns1\.lab\.example\.net\.\s+\d+\s+IN\s+A\s+198\.51\.100\.53/);
    verdict.took(1);
  });

  test('zones are signed', () => {
    const told = dig(PRIMARY, '-b', OUTSIDE, '+dnssec', 'mail.example.net', 'A');
    expect(told).toMatch(/RRSIG\s+A 13 /);
    verdict.took(1);
  });

  test.each([
    ['a transfer without a key', [] as string[], INSIDE],
    ['a transfer with the wrong secret', ['-y', `hmac-sha256:inside:${Buffer.from('x'.repeat(32)).toString('base64')}`], INSIDE],
    ['a transfer with a key that nobody knows', ['-y', `hmac-sha256:other:${TEST_SECRET}`], INSIDE],
  ])('refuses %s', (_, args, from) => {
    const told = dig(PRIMARY, '-b', from, ...args, 'example.net', 'AXFR');
    verdict.sawBroken(!told.includes('10.30.0.80'));
    expect(told).toMatch(/Transfer failed|BADSIG|BADKEY|NOTAUTH/);
    expect(told).not.toContain('10.30.0.80');
  });

  test('with the key of the outside, the outside is all there is', () => {
    const told = dig(PRIMARY, '-b', INSIDE, '-y', `hmac-sha256:outside:${TEST_SECRET}`, 'example.net', 'AXFR');
    expect(told).toContain('203.0.113.60');
    expect(told).not.toContain('10.30.0.80');
    verdict.took(1);
  });

  test('refuses to look for others', () => {
    const told = dig(PRIMARY, '-b', INSIDE, '+recurse', 'www.example.com', 'A');
    verdict.sawBroken(/status: REFUSED/.test(told));
    expect(told).toContain('status: REFUSED');
  });

  test('a change reaches the secondary by itself, in both views; a zone that did not change keeps its serial', async () => {
    const serial = (server: number, zone: string) => Number(short(server, INSIDE, zone, 'SOA').split(' ')[2]);
    const inside = '0.30.10.in-addr.arpa';
    const [before, untouched] = [serial(SECONDARY, 'example.net'), serial(SECONDARY, inside)];
    const file = (zone: string) => readFileSync(join(folder, `out/devices/bind/ns1/zones/internal/${zone}.zone`), 'utf8');
    const old = file(inside);
    rendered(folder, ['fresh']);
    expect(file(inside)).toBe(old);
    install('ns1', PRIMARY, { '203.0.113.35': SECONDARY });
    servers.ns1?.child.kill('SIGHUP');
    const arrived = (from: string) => short(SECONDARY, from, 'fresh.example.net', 'A') === '203.0.113.42';
    await until(
      () => arrived(INSIDE) && arrived(OUTSIDE),
      () => servers.ns2?.log() ?? '',
    );
    expect(serial(SECONDARY, 'example.net')).toBeGreaterThan(before);
    expect(serial(SECONDARY, inside)).toBe(untouched);
    verdict.took(2);
  });

  test('a secondary with the wrong secret is given nothing', async () => {
    const root = join(folder, 'stranger');
    const configuration = install('ns2', STRANGER, { '203.0.113.34': PRIMARY }, root);
    for (const name of ['inside', 'outside']) {
      const file = join(root, `etc/bind/keys/${name}.key`);
      writeFileSync(file, readFileSync(file, 'utf8').replace(TEST_SECRET, Buffer.from('x'.repeat(32)).toString('base64')));
    }
    await start('stranger', configuration);
    const log = () => servers.stranger?.log() ?? '';
    await until(() => (log().match(/refresh: failure .*: tsig indicates error/g)?.length ?? 0) >= 7, log);
    const told = dig(STRANGER, '-b', INSIDE, 'shop.example.net', 'A');
    verdict.sawBroken(/status: (SERVFAIL|REFUSED)/.test(told));
    expect(told).toMatch(/status: (SERVFAIL|REFUSED)/);
    expect(log()).not.toContain('Transfer status: success');
  });

  test('refuses to start with a zone that is missing', () => {
    const { configuration } = installedServer(join(folder, 'out/devices/bind/ns1'), join(folder, 'broken'), {
      port: 15_355,
      others: {},
    });
    writeFileSync(configuration, `${readFileSync(configuration, 'utf8')}\nzone "x" { type primary; };\n`);
    const run = spawnSync(tool('named') as string, ['-g', '-c', configuration], { encoding: 'utf8', timeout: 20_000 });
    verdict.sawBroken(run.status !== 0);
    expect(run.status).not.toBe(0);
  });
});
