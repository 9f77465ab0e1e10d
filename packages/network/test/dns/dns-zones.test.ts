import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsZones, Vlan } from '../../src';
import { expectGolden } from '../golden';
import { dns, lab } from '../lab';

describe('the zones of a site', () => {
  const model = lab();
  const zones = dns(model);
  const files = Testing.files(model.site);

  it('are the outermost domains of its hosts, and the reverse zones of its prefixes', () => {
    expect(zones.zones().map(zone => zone.name)).toEqual([
      'cloud.example.net',
      'storage.example.org',
      '113.0.203.in-addr.arpa',
      '1.168.192.in-addr.arpa',
      '0.20.10.in-addr.arpa',
      '0.2.0.0.0.0.0.0.0.0.0.0.0.2.d.f.ip6.arpa',
      '0.30.10.in-addr.arpa',
      '1.30.10.in-addr.arpa',
      '0.40.10.in-addr.arpa',
      `${'0.'.repeat(16)}4.0.0.0.0.0.0.0.0.0.0.0.2.d.f.ip6.arpa`,
    ]);
  });

  it.each([
    'cloud.example.net',
    'storage.example.org',
    '0.20.10.in-addr.arpa',
    '0.2.0.0.0.0.0.0.0.0.0.0.0.2.d.f.ip6.arpa',
    '0.40.10.in-addr.arpa',
  ])('%s is rendered as a master file', zone => expectGolden(`bind/${zone}.zone`, files[`devices/bind/ns1/zones/${zone}.zone`]));

  it('are served by a primary, and fetched by its secondaries alone', () => {
    expectGolden('bind/primary.conf', files['devices/bind/ns1/named.conf']);
    expectGolden('bind/secondary.conf', files['devices/bind/ns2/named.conf']);
  });

  it('need flows between their servers, which they declare', () => {
    expect(model.ns1.connections.ingress.map(({ from, port }) => [from, String(port)])).toEqual([
      [model.ns2, '53/tcp'],
      [model.ns2, '53/udp'],
    ]);
    expect(model.ns2.connections.ingress.map(({ from, port }) => [from, String(port)])).toEqual([[model.ns1, '53/udp']]);
  });

  it('without secondaries are transferred to nobody', () => {
    const { site, ns1 } = lab();
    new DnsZones(site, 'dns', { primary: ns1 });
    const conf = Testing.files(site)['devices/bind/ns1/named.conf'];
    expect(conf).toContain('allow-transfer { none; };');
    expect(conf).toContain('notify no;');
  });

  it('take a subdomain of the site into its zone', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const ns = new Vlan(site, 'a', { tag: 1, ipv4: '10.0.0.0/24', domain: 'a.example.net' }).host('ns', 5);
    new DnsZones(site, 'dns', { primary: ns, contact: 'jo.doe@example.net' });
    const zone = Testing.files(site)['devices/bind/ns/zones/example.net.zone'];
    expect(zone).toContain('ns.a IN A     10.0.0.5');
    expect(zone).toContain('SOA   ns.a.example.net. jo\\.doe.example.net. 1 3600');
  });

  it.each([
    ['10.0.0.0/20', 16, '0.0.10.in-addr.arpa', '15.0.10.in-addr.arpa'],
    ['10.0.0.0/16', 1, '0.10.in-addr.arpa', '0.10.in-addr.arpa'],
    ['10.0.0.64/26', 1, '0.0.10.in-addr.arpa', '0.0.10.in-addr.arpa'],
    ['10.0.0.0/9', 128, '0.10.in-addr.arpa', '127.10.in-addr.arpa'],
  ])('of %s are %d in reverse', (ipv4, count, first, last) => {
    const site = new Site('lab', { domain: 'example.net' });
    const ns = new Vlan(site, 'a', { tag: 1, ipv4 }).host('ns', 5);
    const names = new DnsZones(site, 'dns', { primary: ns })
      .zones()
      .slice(1)
      .map(zone => zone.name);
    expect([names.length, names[0], names.at(-1)]).toEqual([count, first, last]);
  });

  it('of neighbours in one /24 are one zone', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const ns = new Vlan(site, 'a', { tag: 1, ipv4: '10.0.0.0/25' }).host('ns', 5);
    new Vlan(site, 'b', { tag: 2, ipv4: '10.0.0.128/25' }).host('web', 5);
    const reverse = new DnsZones(site, 'dns', { primary: ns }).zones()[1];
    expect(reverse?.records.filter(record => record.type === 'PTR')).toEqual([
      { name: '5.0.0.10.in-addr.arpa', type: 'PTR', data: 'ns.example.net' },
      { name: '133.0.0.10.in-addr.arpa', type: 'PTR', data: 'web.example.net' },
    ]);
  });
});

describe('the serial', () => {
  it('grows when a zone changes, and only that of the zone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ashlar-dns-'));
    const build = (name: string) => {
      const site = new Site('lab', { domain: 'example.net' });
      new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
      const vlan = new Vlan(site, 'a', { tag: 1, ipv4: '10.0.0.0/24', ipv6: 'fd00::/64' });
      new Vlan(site, 'b', { tag: 2, ipv4: '10.0.1.0/24' });
      vlan.host(name, 7);
      new DnsZones(site, 'dns', { primary: vlan.host('ns', 5) });
      site.synth(join(folder, 'out'));
      const serial = (zone: string) => Testing.files(site)[`devices/bind/ns/zones/${zone}.zone`]?.match(/SOA \D+ (\d+)/)?.[1];
      return [serial('example.net'), serial('0.0.10.in-addr.arpa'), serial('1.0.10.in-addr.arpa')];
    };
    expect(build('web')).toEqual(['1', '1', '1']);
    expect(build('web')).toEqual(['1', '1', '1']);
    expect(build('www')).toEqual(['2', '2', '1']);
    expect(build('www')).toEqual(['2', '2', '1']);
  });
});

it('a site of 20,000 hosts is rendered in seconds, not minutes', () => {
  const site = new Site('lab', { domain: 'example.net' });
  const vlans = Array.from(
    { length: 100 },
    (_, i) => new Vlan(site, `v${i}`, { tag: i + 1, ipv4: `10.${i}.0.0/16`, ipv6: `fd00:0:0:${i.toString(16)}::/64` }),
  );
  const started = process.cpuUsage();
  const hosts = vlans.flatMap((vlan, v) => Array.from({ length: 200 }, (_, i) => vlan.host(`h${v}-${i}`, { number: i + 2 })));
  for (const vlan of vlans) vlan.pool('dhcp', { use: 'dhcp', from: 1000, to: 2000 });
  hosts[0]?.connections.allowFrom(vlans[1] as Vlan, Port.tcp(22));
  new DnsZones(site, 'dns', { primary: hosts[0] as never });
  expect(Object.keys(Testing.files(site))).toHaveLength(202);
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(15);
});
