import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Site } from '@ashlar/core';
import { DnsResolver, DnsZones, PublicName, Vlan } from '@ashlar/network';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { installedResolver, movedResolver, type ResolverPlace } from './installed-resolver';
import { installedServer } from './installed-server';
import { StartedPrograms, until } from './started-programs';

const PORTS = { named: 15_463, trusting: 15_464, mistrusting: 15_465 } as const;
const CLIENT = '127.0.5.1';

/** A site whose zone is signed and public, besides one that is signed and its own; `direct` asks from the root on, `relayed` asks Quad9. */
function rendered(folder: string): string {
  const site = new Site('office', { domain: 'example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  const primary = servers.host('ns1', 5);
  servers.host('web', 80);
  new PublicName(site, 'ns', { name: primary.fqdn, addresses: ['203.0.113.53'] });
  const dns = new DnsZones(site, 'dns', { primary, domains: ['example.org'], external: { domains: ['example.net'] }, dnssec: true });
  new DnsResolver(site, 'direct', { host: servers.host('direct', 53), dns, upstreams: [] });
  new DnsResolver(site, 'relayed', { host: servers.host('relayed', 54) });
  site.synth(join(folder, 'out'));
  return join(folder, 'out/devices/unbound');
}

describeWith(['unbound', 'unbound-checkconf', 'named', 'dig'], 'Unbound with a signed zone', () => {
  const verdict = new Verdict('Unbound: a signed zone, validated');
  const programs = new StartedPrograms();
  let folder: string;
  let resolvers: string;

  const dig = (server: number, from: string, ...args: string[]) =>
    spawnSync(tool('dig') as string, ['@127.0.0.1', '-p', String(server), '-b', from, '+time=5', '+tries=1', ...args], {
      encoding: 'utf8',
      timeout: 20_000,
    }).stdout;

  const start = async (name: string, port: number, key: string) => {
    const root = join(folder, name);
    const { configuration, text } = installedResolver(join(resolvers, 'direct/unbound.conf'), root);
    const place: ResolverPlace = {
      port,
      servers: { '10.20.0.5': PORTS.named },
      upstreams: {},
      clients: { '10.30.0.0/24': '127.0.5.0/24' },
      certificates: '',
      anchor: { key },
    };
    writeFileSync(configuration, movedResolver(text, root, place));
    await programs.start('unbound', ['-d', '-c', configuration], /start of service/);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'signed-'));
    resolvers = rendered(folder);
    const { configuration, text } = installedServer(join(folder, 'out/devices/bind/ns1'), join(folder, 'ns1'), {
      port: PORTS.named,
      others: {},
    });
    writeFileSync(configuration, text.replace(/localhost;[^}]*/, '127.0.0.0/8;\n'));
    await programs.start('named', ['-g', '-c', configuration, '-n', '1'], / running$/m);
    let keys = '';
    await until(
      () => {
        keys = dig(PORTS.named, '127.0.0.1', '+short', 'example.net', 'DNSKEY').trim();
        return keys !== '' && /RRSIG/.test(dig(PORTS.named, '127.0.0.1', '+dnssec', 'web.example.net', 'A'));
      },
      () => `no signatures: ${keys}`,
    );
    const key = `example.net. DNSKEY ${keys.split('\n')[0]}`;
    await start('trusting', PORTS.trusting, key);
    // The same key with its last bytes changed: what an attacker has, who signs the zone himself.
    await start('mistrusting', PORTS.mistrusting, key.replace(/.{8}==$/, 'AAAAAAAA=='));
  }, 60_000);

  afterAll(async () => {
    await programs.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['direct', 'relayed'])('unbound-checkconf accepts the resolver %s', name => {
    const { configuration } = installedResolver(join(resolvers, name, 'unbound.conf'), join(folder, `checked-${name}`));
    const { status, stdout, stderr } = spawnSync(tool('unbound-checkconf') as string, [configuration], { encoding: 'utf8' });
    verdict.took(1, status === 0 ? 0 : 1);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('no errors')]);
  });

  test('a public name of the site is validated, private address and all', () => {
    const told = dig(PORTS.trusting, CLIENT, '+dnssec', 'web.example.net', 'A');
    expect(told).toMatch(/flags: [a-z ]*\bad\b/);
    expect(told).toMatch(/^web\.example\.net\.\s+\d+\s+IN\s+A\s+10\.20\.0\.80$/m);
    verdict.took(1);
  });

  test.each([
    ['80.0.20.10.in-addr.arpa', 'PTR', 'web.example.net.'],
    ['example.org', 'NS', 'ns1.example.net.'],
  ])('%s %s is believed: nothing above it is ours to sign', (name, type, expected) => {
    expect(dig(PORTS.trusting, CLIENT, '+short', name, type).trim()).toBe(expected);
    expect(dig(PORTS.trusting, CLIENT, name, type)).not.toMatch(/flags: [a-z ]*\bad\b/);
    verdict.took(1);
  });

  test('refuses a zone that is signed with another key', () => {
    expect(readFileSync(join(folder, 'mistrusting/unbound.conf'), 'utf8')).toContain('AAAAAAAA==');
    const told = dig(PORTS.mistrusting, CLIENT, 'web.example.net', 'A');
    verdict.sawBroken(told.includes('status: SERVFAIL'));
    expect(told).toContain('status: SERVFAIL');
    expect(told).not.toContain('10.20.0.80');
  });
});
