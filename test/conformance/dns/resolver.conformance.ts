import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Site } from '@ashlar/core';
import { DnsAlias, DnsResolver, DnsZones, Vlan } from '@ashlar/network';
import { selfSigned } from '../reverse-proxy/self-signed';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';
import { installedResolver, movedResolver, type ResolverPlace } from './installed-resolver';
import { installedServer } from './installed-server';
import { StartedPrograms } from './started-programs';

const PORTS = { named: 15_453, upstream: 15_454, resolver: 15_455, believing: 15_456, deceived: 15_457, blind: 15_458 } as const;
/** Of a client of the site, and of somebody else, both on this machine. */
const [CLIENT, STRANGER] = ['127.0.5.1', '127.9.9.9'] as const;

function rendered(folder: string): string {
  const site = new Site('office', { domain: 'example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  const dns = new DnsZones(site, 'dns', { primary: servers.host('ns1', 5), dnssec: true });
  new DnsAlias(site, 'www', { target: servers.host('web', 80) });
  const upstreams = [{ name: 'dns.example.org', addresses: ['198.51.100.53'] }];
  new DnsResolver(site, 'resolver', { host: servers.host('resolver', 53), clients: [people], dns, upstreams });
  site.synth(join(folder, 'out'));
  return join(folder, 'out/devices/unbound/resolver/unbound.conf');
}

describeWith(['unbound', 'unbound-checkconf', 'named', 'dig'], 'Unbound', () => {
  const checked = new Verdict('Unbound unbound-checkconf');
  const verdict = new Verdict('Unbound: the site, the rest over TLS');
  const programs = new StartedPrograms();
  let folder: string;
  let file: string;

  const install = (name: string, port: number, change: Partial<ResolverPlace> = {}) => {
    const root = join(folder, name);
    const { configuration, text } = installedResolver(file, root);
    const place: ResolverPlace = {
      port,
      servers: { '10.20.0.5': PORTS.named },
      upstreams: { '198.51.100.53': PORTS.upstream },
      clients: { '10.30.0.0/24': '127.0.5.0/24' },
      certificates: join(folder, 'upstream.crt'),
      anchor: 'none',
      ...change,
    };
    writeFileSync(configuration, movedResolver(text, root, place));
    return configuration;
  };

  const startResolver = (configuration: string) => programs.start('unbound', ['-d', '-c', configuration], /start of service/);

  const dig = (server: number, from: string, ...args: string[]) =>
    spawnSync(tool('dig') as string, ['@127.0.0.1', '-p', String(server), '-b', from, '+time=5', '+tries=1', ...args], {
      encoding: 'utf8',
      timeout: 20_000,
    }).stdout;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'unbound-'));
    file = rendered(folder);
    const root = join(folder, 'ns1');
    const { configuration, text } = installedServer(join(folder, 'out/devices/bind/ns1'), root, { port: PORTS.named, others: {} });
    writeFileSync(configuration, text.replace(/localhost;[^}]*/, '127.0.0.0/8;\n'));
    await programs.start('named', ['-g', '-c', configuration, '-n', '1'], / running$/m);

    // The rest of the world: a resolver with a certificate that knows three names, two of them to deceive.
    selfSigned(folder, 'upstream', ['dns.example.org']);
    const world = join(folder, 'world');
    mkdirSync(world);
    const server = [
      `interface: 127.0.0.1@${PORTS.upstream}`,
      `tls-port: ${PORTS.upstream}`,
      `tls-service-key: "${folder}/upstream.key"`,
      `tls-service-pem: "${folder}/upstream.crt"`,
      ...['username: ""', 'chroot: ""', `directory: "${world}"`, `pidfile: "${world}/unbound.pid"`, 'use-syslog: no', 'do-daemonize: no'],
      'local-zone: "." static',
      'local-data: "www.example.com. A 198.51.100.7"',
      'local-data: "rebind.example.com. A 10.20.0.80"',
      'local-data: "www.example.net. A 198.51.100.66"',
    ];
    writeFileSync(join(world, 'unbound.conf'), ['server:', ...server.map(line => `    ${line}`), ''].join('\n'));
    await programs.start('unbound', ['-d', '-c', join(world, 'unbound.conf')], /start of service/);

    await startResolver(install('validating', PORTS.resolver, { anchor: 'root' }));
    await startResolver(install('believing', PORTS.believing));
    const deceived = install('deceived', PORTS.deceived);
    writeFileSync(deceived, readFileSync(deceived, 'utf8').replace('#dns.example.org', '#dns.example.com'));
    await startResolver(deceived);
  }, 60_000);

  afterAll(async () => {
    await programs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const checkconf = (configuration: string) => spawnSync(tool('unbound-checkconf') as string, [configuration], { encoding: 'utf8' });

  test('unbound-checkconf accepts every resolver', () => {
    const all = [
      file,
      ...outputs().flatMap(({ folder: out }) => filesBelow(join(out, 'devices/unbound'), f => basename(f) === 'unbound.conf')),
    ];
    for (const [i, one] of all.entries()) {
      const { status, stdout, stderr } = checkconf(installedResolver(one, join(folder, `checked-${i}`)).configuration);
      checked.took(1, status === 0 ? 0 : 1);
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('no errors')]);
    }
  });

  const spoilt: readonly (readonly [string, string | RegExp, string])[] = [
    ['an option that there is not', 'stub-addr', 'stub-address'],
    ['a name server without an address', 'stub-addr: 10.20.0.5', 'stub-addr: ns1'],
    ['an upstream that is no address', '198.51.100.53@', '198.51.100.353@'],
    ['clients that may do what there is not', '10.30.0.0/24 allow', '10.30.0.0/24 permit'],
    ['a prefix that is too long', '10.30.0.0/24', '10.30.0.0/44'],
    ['a private prefix that is a word', 'private-address: 10.0.0.0/8', 'private-address: ten'],
    ['a zone without a name', 'name: "example.net."', 'name: ""'],
    ['an empty label', 'name: "example.net."', 'name: "example..net."'],
    ['a kind of local zone that there is not', 'transparent', 'open'],
    ['an address to listen on that is none', 'interface: 10.20.0.53', 'interface: 10.20.0.53.1'],
    ['a missing trust anchor', 'root.key', 'leaf.key'],
    ['a half-written file', /forward-tls-upstream: yes[\s\S]*/, 'forward-tls-upstream: "'],
  ];
  test.each(spoilt)('unbound-checkconf refuses %s', (what, from, to) => {
    const { configuration, text } = installedResolver(file, join(folder, `broken-${what.replaceAll(' ', '-')}`));
    const broken = text.replace(from, to);
    expect(broken).not.toBe(text);
    writeFileSync(configuration, broken);
    const { status } = checkconf(configuration);
    checked.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });

  const own: readonly (readonly [string, string, string])[] = [
    ['web.example.net', 'A', '10.20.0.80'],
    ['web.example.net', 'AAAA', 'fd20:0:0:20::50'],
    ['www.example.net', 'A', 'web.example.net.\n10.20.0.80'],
    ['80.0.20.10.in-addr.arpa', 'PTR', 'web.example.net.'],
    [`0.5.${'0.'.repeat(14)}0.2.0.0.0.0.0.0.0.0.0.0.0.2.d.f.ip6.arpa`, 'PTR', 'web.example.net.'],
    ['example.net', 'NS', 'ns1.example.net.'],
  ];
  test.each(own)('%s %s is answered by the server of the site, though no chain of signatures leads there', (name, type, expected) => {
    for (const transport of ['+notcp', '+tcp']) {
      expect(dig(PORTS.resolver, CLIENT, transport, '+short', name, type).trim()).toBe(expected);
      verdict.took(1);
    }
  });

  test('reverse names of other private prefixes are not asked of anybody', () => {
    expect(dig(PORTS.believing, CLIENT, '1.99.10.in-addr.arpa', 'PTR')).toContain('status: NXDOMAIN');
    verdict.took(1);
  });

  test('other names come from the upstream, over TLS', () => {
    expect(dig(PORTS.believing, CLIENT, '+short', 'www.example.com', 'A').trim()).toBe('198.51.100.7');
    verdict.took(1);
  });

  const refusals: readonly (readonly [string, number, string, string, string])[] = [
    ['an answer without the signatures that the root promises', PORTS.resolver, CLIENT, 'www.example.com', 'SERVFAIL'],
    ['an upstream whose certificate has another name', PORTS.deceived, CLIENT, 'www.example.com', 'SERVFAIL'],
    ['whoever is in no segment that may ask', PORTS.believing, STRANGER, 'www.example.com', 'REFUSED'],
  ];
  test.each(refusals)('refuses %s', (_, port, from, name, status) => {
    const told = dig(port, from, name, 'A');
    verdict.sawBroken(told.includes(`status: ${status}`));
    expect(told).toContain(`status: ${status}`);
    expect(told).not.toMatch(/ANSWER: [1-9]/);
  });

  test('refuses a name of others that leads to an address inside', () => {
    const told = dig(PORTS.believing, CLIENT, 'rebind.example.com', 'A');
    verdict.sawBroken(!told.includes('10.20.0.80'));
    expect(told).not.toContain('10.20.0.80');
  });

  test('tells nobody its version', () => {
    const told = dig(PORTS.believing, CLIENT, 'version.bind', 'TXT', 'CH');
    verdict.sawBroken(/status: REFUSED/.test(told));
    expect(told).toContain('status: REFUSED');
  });

  test('refuses to ask over TLS without certificates to trust', () => {
    const configuration = install('blind', PORTS.blind, { certificates: '/nonexistent.crt' });
    const { status, stderr } = spawnSync(tool('unbound') as string, ['-d', '-c', configuration], { encoding: 'utf8', timeout: 10_000 });
    verdict.sawBroken(status !== 0 && status !== null);
    expect([status, stderr]).toEqual([1, expect.stringContaining('could not set up connect SSL_CTX')]);
  });
});
