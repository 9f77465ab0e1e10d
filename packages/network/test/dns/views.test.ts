import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Port, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsAlias, DnsDelegation, DnsRecordSet, DnsService, DnsZones, PublicName, ReverseDelegation, TsigKey, Vlan } from '../../src';
import { expectGolden } from '../golden';

const key = (name: string) => TsigKey.of(name, { secret: Secret.fromOpenBao('kv/dns', name) });

/** Two name servers in a routed /27, a name that is private inside, a domain that others answer for. */
export function publicSite(change: { external?: boolean; ledger?: boolean } = {}) {
  const site = new Site('hosting', { domain: 'example.net' });
  if (change.ledger !== false) new Ledger(site, 'ledger', { file: join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json') });
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27', ipv6: '2001:db8:0:20::/64' });
  const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
  const [ns1, ns2] = [dmz.host('ns1', 2), dmz.host('ns2', 3)];
  const shop = inside.host('shop', 80);
  const mail = dmz.host('mail', 25);
  new DnsAlias(site, 'www', { target: shop });
  new DnsAlias(site, 'smtp', { target: mail });
  new DnsService(site, 'submission', { port: Port.tcp(587), targets: [mail] });
  new PublicName(site, 'shop-outside', { name: 'shop.example.net', addresses: ['203.0.113.60'] });
  new DnsRecordSet(site, 'mx', { name: 'example.net', type: 'MX', values: ['10 mail.example.net'] });
  new DnsRecordSet(site, 'caa', { name: 'example.net', type: 'CAA', values: ['0 issue "letsencrypt.org"'] });
  new DnsRecordSet(site, 'long', {
    name: 'key._domainkey.example.net',
    type: 'TXT',
    values: [`v=DKIM1; k=rsa; p=${'A'.repeat(392)}`],
    ttl: 300,
  });
  new DnsRecordSet(site, 'quote', { name: 'note.example.net', type: 'TXT', values: ['a "quoted" word\\'] });
  new DnsRecordSet(site, 'https', { name: 'mail.example.net', type: 'HTTPS', values: ['1 . alpn="h2,h3"'] });
  new DnsRecordSet(site, 'test-mx', { name: 'test.example.org', type: 'MX', values: ['10 mail.example.net'] });
  new DnsRecordSet(site, 'printer', { name: 'printer.example.net', type: 'A', values: ['10.30.0.99'] });
  const servers = [{ name: 'ns1.lab.example.net', addresses: ['198.51.100.53'] }, { name: 'ns.example.org' }];
  new DnsDelegation(site, 'lab', { domain: 'lab.example.net', servers });
  const external = { domains: ['example.net'], tsig: key('outside') };
  const dns = new DnsZones(site, 'dns', {
    primary: ns1,
    secondaries: [ns2],
    tsig: key('inside'),
    domains: ['example.org'],
    dnssec: true,
    ...(change.external !== false && { external }),
  });
  return { site, dns, dmz, inside, ns1, ns2 };
}

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

describe('rules', () => {
  it('what the site of the tests does is in order', () => expect(Testing.findings(publicSite().site)).toEqual([]));

  it('DNS_SERIAL: secondaries need serials that grow', () => {
    expect(Testing.findings(publicSite({ ledger: false }).site)).toEqual([
      "warning [hosting/dns] has secondaries and no ledger, so that its serials stay 1 and nobody fetches a change; write new Ledger(site, 'ledger', { file }) before it (DNS_SERIAL)",
    ]);
  });

  it('DNS_CNAME_ALONE: an alias has no other records', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'text', { name: 'www.example.net', type: 'TXT', values: ['hello'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] www.example.net has a CNAME, and TXT records besides; give one of them another name (DNS_CNAME_ALONE)',
    ]);
  });

  it('DNS_TARGET_ALIAS: mail goes to a host', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'mx2', { name: 'news.example.net', type: 'MX', values: ['10 smtp.example.net'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/dns] news.example.net MX leads to smtp.example.net, which is an alias; name the host itself (DNS_TARGET_ALIAS)',
    ]);
  });

  it('RECORD_UNSERVED: a record is in a zone', () => {
    const { site } = publicSite();
    new DnsRecordSet(site, 'stray', { name: 'www.example.com', type: 'A', values: ['203.0.113.9'] });
    expect(Testing.findings(site)).toEqual([
      'error [hosting/stray] www.example.com A is in no zone that anybody serves; declare the zone where it is served, or remove the record (RECORD_UNSERVED)',
    ]);
  });

  it('DNS_SERVER_PRIVATE: whoever answers the Internet has an address there', () => {
    const site = new Site('hosting', { domain: 'example.net' });
    const inside = new Vlan(site, 'inside', { tag: 30, ipv4: '10.30.0.0/24' });
    new DnsZones(site, 'dns', { primary: inside.host('ns1', 2), external: { domains: ['example.net'] } });
    expect(Testing.findings(site)).toEqual([
      "error [hosting/dns] hosting/inside/ns1 answers for example.net, and has no public address under its name ns1.example.net; give it one, or write new PublicName(site, 'ns', { name: 'ns1.example.net', addresses: [...] }) (DNS_SERVER_PRIVATE)",
    ]);
    new PublicName(site, 'ns', { name: 'ns1.example.net', addresses: ['203.0.113.53'] });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('refuses', () => {
  // biome-ignore lint/suspicious/noExplicitAny: what a caller without types may write
  const record = (props: any) => () => {
    const site = new Site('lab', { domain: 'example.net' });
    return new DnsRecordSet(site, 'r', { name: 'a.example.net', type: 'A', values: ['203.0.113.1'], ...props });
  };
  const cases: readonly (readonly [string, object, string])[] = [
    [
      'a name with capitals',
      { name: 'A.example.net' },
      '[lab/r] name must be a complete DNS name in lower case, got "A.example.net"; write it like _dmarc.example.net (PROP_FORMAT)',
    ],
    [
      'a label of 64 characters',
      { name: `${'a'.repeat(64)}.example.net` },
      `[lab/r] name must be a complete DNS name in lower case, got "${'a'.repeat(64)}.example.net"; write it like _dmarc.example.net (PROP_FORMAT)`,
    ],
    [
      'a type that there is not',
      { type: 'SPF' },
      '[lab/r] type must be one of A, AAAA, CAA, CNAME, HTTPS, MX, NS, PTR, SRV, SSHFP, SVCB, TLSA, TXT, got "SPF"; write type: \'A\' (PROP_CHOICE)',
    ],
    [
      'an IPv6 address as A',
      { values: ['2001:db8::1'] },
      '[lab/r] A takes an IPv4 address, got "2001:db8::1"; write it like 203.0.113.5 (DNS_RECORD)',
    ],
    [
      'an MX without preference',
      { type: 'MX', values: ['mail.example.net'] },
      '[lab/r] MX takes a preference and a name, got "mail.example.net"; write it like 10 mx.example.net (DNS_RECORD)',
    ],
    [
      'a preference above 65535',
      { type: 'MX', values: ['70000 mail.example.net'] },
      '[lab/r] MX takes a preference and a name, got "70000 mail.example.net"; write it like 10 mx.example.net (DNS_RECORD)',
    ],
    [
      'text beyond ASCII',
      { type: 'TXT', values: ['naïve'] },
      '[lab/r] TXT takes printable ASCII text, got "naïve"; leave other characters out (DNS_RECORD)',
    ],
    [
      'a final dot',
      { type: 'CNAME', values: ['b.example.net.'] },
      '[lab/r] CNAME takes a complete name, got "b.example.net."; write it like web.example.net (DNS_RECORD)',
    ],
    [
      'two CNAMEs',
      { type: 'CNAME', values: ['b.example.net', 'c.example.net'] },
      '[lab/r] a name has one CNAME, got ["b.example.net", "c.example.net"]; choose one of them (DNS_RECORD)',
    ],
    [
      'a CAA without quotes',
      { type: 'CAA', values: ['0 issue letsencrypt.org'] },
      '[lab/r] CAA takes flags, a tag and a quoted value, got "0 issue letsencrypt.org"; write it like 0 issue "letsencrypt.org" (DNS_RECORD)',
    ],
    [
      'one value twice',
      { values: ['203.0.113.1', '203.0.113.1'] },
      '[lab/r] names one value twice, got "203.0.113.1"; name it once (DNS_RECORD_TWICE)',
    ],
    ['no value', { values: [] }, "[lab/r] values is empty; write values: ['10 mx.example.net'] (PROP_EMPTY)"],
    [
      'a negative time to live',
      { ttl: -1 },
      '[lab/r] ttl must be from 0 to 2147483647 seconds, got -1; choose a value inside the range (PROP_RANGE)',
    ],
  ];
  test.each(cases)('%s', (_, props, message) => expect(record(props)).toThrow(message));

  it('one set of records twice', () => {
    const site = new Site('lab', { domain: 'example.net' });
    new DnsRecordSet(site, 'a', { name: 'x.example.net', type: 'TXT', values: ['a'] });
    expect(() => new DnsRecordSet(site, 'b', { name: 'x.example.net', type: 'TXT', values: ['b'] })).toThrow(
      '[lab/b] the TXT records of x.example.net are already those of lab/a; name all values in one of them (DNS_NAME_TAKEN)',
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

  it('the key itself in place of where it is kept', () => {
    // biome-ignore lint/suspicious/noExplicitAny: what a caller without types may write
    expect(() => TsigKey.of('transfer', { secret: 'c2VjcmV0' as any })).toThrow(
      "[TsigKey] secret must be a Secret; write secret: Secret.fromOpenBao('kv/dns', 'transfer') (PROP_TYPE)",
    );
  });
});
