import { Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsDelegation, DnsRecordSet, DnsZones, PublicName, ReverseDelegation, TsigKey, Vlan } from '../../src';
import { expectGolden } from '../golden';
import { publicSite } from './public-site';

describe('two views', () => {
  const files = Testing.files(publicSite().site);

  it.each(['internal', 'external'])('%s: the zone', view => {
    expectGolden(`dns/${view}.zone`, files[`devices/bind/ns1/zones/${view}/example.net.zone`]);
  });

  it('the Internet is shown no private address, and no reverse zone of one', () => {
    const outside = Object.entries(files).filter(([path]) => path.includes('/external/'));
    expect(outside.map(([path]) => path.split('/').at(-1))).toEqual([
      '0.2.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.zone',
      '32-63.113.0.203.in-addr.arpa.zone',
      'example.net.zone',
    ]);
    expect(outside.filter(([, text]) => /\b10\.30\./.test(text))).toEqual([]);
  });

  it.each(['ns1', 'ns2'])('%s has a whole configuration, without a secret', server => {
    expectGolden(`dns/${server}.conf`, files[`devices/bind/${server}/named.conf`]);
  });

  it('the provider is told what to enter for a prefix longer than /24', () => {
    expectGolden('dns/delegation.md', files['devices/bind/delegation-203.0.113.32-27.md']);
  });
});

it('a part of our own /24 is handed over name by name', () => {
  const site = new Site('isp', { domain: 'example.org' });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.0/24' });
  new ReverseDelegation(site, 'customer', { prefix: '203.0.113.64/30', servers: ['ns1.example.com', 'ns2.example.com'] });
  new DnsZones(site, 'dns', { primary: dmz.host('ns1', 2) });
  const zone = Testing.files(site)['devices/bind/ns1/zones/113.0.203.in-addr.arpa.zone'] as string;
  expect(zone.split('\n').filter(line => /6[4-7]/.test(line))).toEqual([
    '64-67 IN NS    ns1.example.com.',
    '64-67 IN NS    ns2.example.com.',
    '64    IN CNAME 64.64-67.113.0.203.in-addr.arpa.',
    '65    IN CNAME 65.64-67.113.0.203.in-addr.arpa.',
    '66    IN CNAME 66.64-67.113.0.203.in-addr.arpa.',
    '67    IN CNAME 67.64-67.113.0.203.in-addr.arpa.',
  ]);
});

describe('a /24 that is ours', () => {
  const site = new Site('isp', { domain: 'lab.example.net' });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27' });
  const ns1 = dmz.host('ns1', 2);
  new PublicName(site, 'www', { name: 'www.example.net', addresses: ['203.0.113.33'] });
  const dns = new DnsZones(site, 'dns', { primary: ns1, external: { domains: ['example.net', '113.0.203.in-addr.arpa'] } });

  it('has one reverse zone, in which the names of each part stand', () => {
    const [, reverse] = dns.zones('external');
    expect(reverse?.name).toBe('113.0.203.in-addr.arpa');
    expect(reverse?.records.at(-1)).toEqual({ name: '34.113.0.203.in-addr.arpa', type: 'PTR', data: 'ns1.lab.example.net' });
    expect(Object.keys(Testing.files(site)).filter(path => path.endsWith('.md'))).toEqual([]);
  });

  it('and the domain around that of the site, of which it is a part: both views have it as one zone', () => {
    expect(dns.zones().map(({ name }) => name)).toEqual(['example.net', '113.0.203.in-addr.arpa']);
    expect(dns.zones('external').map(({ name }) => name)).toEqual(['example.net', '113.0.203.in-addr.arpa']);
  });

  it('a name that is only published leads the site where it leads everybody', () => {
    const www = { name: 'www.example.net', type: 'A', data: '203.0.113.33' };
    expect(dns.zones()[0]?.records).toContainEqual(www);
    expect(dns.zones('external')[0]?.records).toContainEqual(www);
  });
});

it('the order of construction shows in no zone', () => {
  const zone = (first: boolean) => {
    const site = new Site('lab', { domain: 'example.net' });
    const more = () => new DnsRecordSet(site, 'more', { name: 'web.example.net', type: 'A', values: ['10.0.0.99', '10.0.0.4'] });
    if (first) more();
    const vlan = new Vlan(site, 'a', { tag: 1, ipv4: '10.0.0.0/24' });
    vlan.host('web', 80);
    if (!first) more();
    new DnsZones(site, 'dns', { primary: vlan.host('ns', 5) });
    return Testing.files(site)['devices/bind/ns/zones/example.net.zone'];
  };
  expect(zone(true)).toContain('web IN A     10.0.0.4\nweb IN A     10.0.0.80\nweb IN A     10.0.0.99\n');
  expect(zone(false)).toBe(zone(true));
});

it('without an external view, there is nothing in it', () => {
  expect(publicSite({ external: false }).dns.zones('external')).toEqual([]);
});

it('with DNSSEC, keys are where nobody deletes them', () => {
  const conf = Testing.files(publicSite().site)['devices/bind/ns1/named.conf'] as string;
  expect(conf).toContain('    key-directory "/var/lib/bind";\n');
  expect(conf.match(/dnssec-policy default;\n +inline-signing yes;/g)).toHaveLength(conf.match(/type primary;/g)?.length ?? -1);
});

describe('refuses', () => {
  it('a delegation of something that is no domain', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const servers = [{ name: 'ns1.example.org' }, { name: 'ns2.example.org' }];
    expect(() => new DnsDelegation(site, 'a', { domain: '_lab.example.net', servers })).toThrow(
      new Error(
        '[lab/a] domain must be a complete DNS name in lower case, got "_lab.example.net"; write it like lab.example.net (PROP_FORMAT)',
      ),
    );
  });

  it('a delegation to servers that nobody finds, or to one', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const servers = [{ name: 'ns1.lab.example.net' }, { name: 'ns.example.org' }];
    expect(() => new DnsDelegation(site, 'a', { domain: 'lab.example.net', servers })).toThrow(
      "[lab/a] ns1.lab.example.net is in the domain that it answers for, so that nobody finds it; write { name: 'ns1.lab.example.net', addresses: ['203.0.113.53'] } (DNS_GLUE)",
    );
    expect(() => new DnsDelegation(site, 'b', { domain: 'lab.example.net', servers: [{ name: 'ns.example.org' }] })).toThrow(
      '[lab/b] lab.example.net has one server, and is gone when that is; name two or more, see RFC 2182 section 5 (DNS_DELEGATION)',
    );
  });

  it('a private address for the Internet', () => {
    const site = new Site('lab', { domain: 'example.net' });
    expect(() => new PublicName(site, 'shop', { name: 'shop.example.net', addresses: ['10.0.0.1'] })).toThrow(
      '[lab/shop] the Internet has no way to the address, got "10.0.0.1"; write a public address (DNS_PUBLIC_ADDRESS)',
    );
  });

  it('two views with secondaries and one key', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.0/24' });
    const props = { primary: dmz.host('ns1', 2), secondaries: [dmz.host('ns2', 3)], external: { domains: ['example.net'] } };
    expect(() => new DnsZones(site, 'dns', props)).toThrow(
      "[lab/dns] has secondaries and two views, which they tell apart by the key of each; write tsig: TsigKey.of('inside', { secret }), and external: { domains, tsig: TsigKey.of('outside', { secret }) } (DNS_VIEW_KEY)",
    );
  });

  it('a name in place of the key of a view', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.0/24' });
    const external = { domains: ['example.net'], tsig: 'outside' as never };
    expect(() => new DnsZones(site, 'dns', { primary: dmz.host('ns1', 2), external })).toThrow(
      new Error(
        '[lab/dns] external.tsig must be a TsigKey, got "outside"; write external.tsig: TsigKey.of(\'outside\', { secret }) (PROP_TYPE)',
      ),
    );
  });

  it('the key itself in place of where it is kept', () => {
    // biome-ignore lint/suspicious/noExplicitAny: what a caller without types may write
    expect(() => TsigKey.of('transfer', { secret: 'c2VjcmV0' as any })).toThrow(
      "[TsigKey] secret must be a Secret; write secret: Secret.fromOpenBao('kv/dns', 'transfer') (PROP_TYPE)",
    );
  });
});
