import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { promises as dns } from 'node:dns';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Secret, Site } from '@ashlar/core';
import { DnsAlias, DnsDelegation, DnsRecordSet, DnsZones, PublicName, TsigKey, Vlan } from '@ashlar/network';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { installedServer, TEST_SECRET } from './installed-server';

/** Ports of the two servers. */
const [PRIMARY, SECONDARY] = [15_353, 15_354] as const;
/** Of a client of the site, and of one of the Internet, both on this machine. */
const [INSIDE, OUTSIDE] = ['127.0.0.55', '127.9.9.9'] as const;

const key = (name: string) => TsigKey.of(name, { secret: Secret.fromOpenBao('kv/dns', name) });

/** The site is 127.0.0.0/24 in this test, so that who asks from 127.9.9.9 is the Internet. */
function rendered(folder: string): void {
  const site = new Site('hosting', { domain: 'example.net' });
  new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27', ipv6: '2001:db8:0:20::/64' });
  const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
  const [ns1, ns2, mail] = ['ns1', 'ns2', 'mail'].map((name, i) => dmz.host(name, 2 + i)) as [never, never, never];
  new DnsAlias(site, 'www', { target: inside.host('shop', 80) });
  new PublicName(site, 'outside', { name: 'shop.example.net', addresses: ['203.0.113.60'] });
  new DnsRecordSet(site, 'mx', { name: 'example.net', type: 'MX', values: ['10 mail.example.net'] });
  new DnsRecordSet(site, 'text', { name: 'key._domainkey.example.net', type: 'TXT', values: [`p=${'A'.repeat(392)}`] });
  new DnsRecordSet(site, 'quote', { name: 'note.example.net', type: 'TXT', values: ['a "quoted" word\\'] });
  new DnsRecordSet(site, 'caa', { name: 'example.net', type: 'CAA', values: ['0 issue "letsencrypt.org"'] });
  const servers = [{ name: 'ns1.lab.example.net', addresses: ['198.51.100.53'] }, { name: 'ns.example.org' }];
  new DnsDelegation(site, 'lab', { domain: 'lab.example.net', servers });
  const external = { domains: ['example.net'], tsig: key('outside') };
  new DnsZones(site, 'dns', { primary: ns1, secondaries: [ns2], tsig: key('inside'), external, dnssec: true });
  void mail;
  site.synth(join(folder, 'out'));
}

describeWith(['named', 'dig'], 'a real BIND, primary and secondary', () => {
  const verdict = new Verdict('BIND named: queries, transfers, views');
  let folder: string;
  const running: ChildProcess[] = [];
  const logs: Record<string, string> = {};

  const start = (name: string, port: number, others: Readonly<Record<string, number>>) => {
    const root = join(folder, name);
    const { configuration, text } = installedServer(join(folder, `out/devices/bind/${name}`), root, { port, others });
    writeFileSync(configuration, text.replace(/localhost;[^}]*/, '127.0.0.0/24;\n'));
    const child = spawn(tool('named') as string, ['-g', '-c', configuration, '-n', '1'], { stdio: ['ignore', 'ignore', 'pipe'] });
    logs[name] = '';
    child.stderr.on('data', chunk => {
      logs[name] += chunk;
    });
    running.push(child);
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
    start('ns1', PRIMARY, { '203.0.113.35': SECONDARY });
    await until(
      () => / running$/m.test(logs.ns1 ?? ''),
      () => logs.ns1,
    );
    start('ns2', SECONDARY, { '203.0.113.34': PRIMARY });
    await until(
      () => / running$/m.test(logs.ns2 ?? ''),
      () => logs.ns2,
    );
    await until(
      () => (logs.ns2?.match(/Transfer status: success/g)?.length ?? 0) >= 7,
      () => logs.ns2,
    );
  }, 60_000);

  afterAll(async () => {
    for (const child of running) {
      child.kill('SIGTERM');
      await new Promise(resolve => (child.exitCode === null ? child.once('exit', resolve) : resolve(undefined)));
    }
    rmSync(folder, { recursive: true, force: true });
  });

  const records: readonly (readonly [string, string, string])[] = [
    ['example.net', 'MX', '10 mail.example.net.'],
    ['mail.example.net', 'A', '203.0.113.36'],
    ['mail.example.net', 'AAAA', '2001:db8:0:20::4'],
    ['www.example.net', 'CNAME', 'shop.example.net.'],
    ['example.net', 'CAA', '0 issue "letsencrypt.org"'],
    ['note.example.net', 'TXT', '"a \\"quoted\\" word\\\\"'],
    ['36.32-63.113.0.203.in-addr.arpa', 'PTR', 'mail.example.net.'],
    ['4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa', 'PTR', 'mail.example.net.'],
  ];

  test.each([PRIMARY, SECONDARY])('the server at port %i answers for every kind of record, over UDP and TCP', server => {
    for (const [name, type, expected] of records) {
      expect([name, type, short(server, INSIDE, name, type)]).toEqual([name, type, expected]);
      expect(dig(server, '-b', INSIDE, '+tcp', '+short', name, type).trim()).toBe(expected);
      verdict.took(2);
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

async function until(done: () => boolean, told: () => string | undefined): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (done()) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error(`waited 20 s: ${told()?.slice(-3000)}`);
}
