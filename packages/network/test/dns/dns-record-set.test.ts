import { Site } from '@ashlar/core';
import { DnsRecordSet } from '../../src';

describe('a record set refuses', () => {
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
      'an address where mail needs a name',
      { type: 'MX', values: ['10 203.0.113.25'] },
      '[lab/r] MX takes a preference and a name, got "10 203.0.113.25"; write it like 10 mx.example.net (DNS_RECORD)',
    ],
    [
      'an underscore in the name of a machine',
      { name: 'my_host.example.net' },
      '[lab/r] A records are of machines, in whose names there is no underscore, got "my_host.example.net"; write a dash in its place (DNS_RECORD)',
    ],
    [
      'an underscore in the name of a mail exchanger',
      { type: 'MX', values: ['10 my_mx.example.net'] },
      '[lab/r] MX takes a preference and a name, got "10 my_mx.example.net"; write it like 10 mx.example.net (DNS_RECORD)',
    ],
    [
      'a delegation of every name',
      { name: '*.example.net', type: 'NS', values: ['ns1.example.org'] },
      '[lab/r] NS records hand over one domain, and no wildcard, got "*.example.net"; name each domain (DNS_RECORD)',
    ],
    [
      'a fingerprint that is too short',
      { type: 'SSHFP', values: [`4 2 ${'a'.repeat(40)}`] },
      `[lab/r] SSHFP takes algorithm, type and fingerprint, got "4 2 ${'a'.repeat(40)}"; write it like 4 2 ${'0'.repeat(64)} (DNS_RECORD)`,
    ],
    [
      'a digest of SHA-512 with the length of SHA-256',
      { name: '_25._tcp.mx.example.net', type: 'TLSA', values: [`3 1 2 ${'a'.repeat(64)}`] },
      `[lab/r] TLSA takes usage, selector, matching type and data, got "3 1 2 ${'a'.repeat(64)}"; write it like 3 1 1 ${'0'.repeat(64)} (DNS_RECORD)`,
    ],
    [
      'parameters of an alias',
      { type: 'HTTPS', values: ['0 web.example.net alpn=h2'] },
      '[lab/r] HTTPS takes a priority, a name and parameters, got "0 web.example.net alpn=h2"; write it like 1 . alpn="h2,h3" (DNS_RECORD)',
    ],
    [
      'a parameter twice',
      { type: 'SVCB', values: ['1 . port=1 port=2'] },
      '[lab/r] SVCB takes a priority, a name and parameters, got "1 . port=1 port=2"; write it like 1 svc.example.net port=8443 (DNS_RECORD)',
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
  test.each(cases)('%s', (_, props, message) => expect(record(props)).toThrow(new Error(message)));

  it('one set of records twice', () => {
    const site = new Site('lab', { domain: 'example.net' });
    new DnsRecordSet(site, 'a', { name: 'x.example.net', type: 'TXT', values: ['a'] });
    expect(() => new DnsRecordSet(site, 'b', { name: 'x.example.net', type: 'TXT', values: ['b'] })).toThrow(
      '[lab/b] the TXT records of x.example.net are already those of lab/a; name all values in one of them (DNS_NAME_TAKEN)',
    );
  });
});

it.each([
  ['TXT', '_acme-challenge.example.net', 'v=spf1 -all'],
  ['CNAME', 'k1._domainkey.example.net', 'k1._domainkey.my_sender.example.org'],
  ['HTTPS', 'example.net', '0 web.example.org'],
  [
    'SVCB',
    '_8443._foo.example.net',
    '2 svc.example.org alpn="h2,h3" port=8443 ipv4hint=203.0.113.1,203.0.113.2 ipv6hint=2001:db8::1 mandatory=alpn,port',
  ],
  ['TLSA', '_25._tcp.mx.example.net', `3 0 0 999999${'0'.repeat(2)}`],
  ['CAA', 'example.net', '0 issue ";"'],
  ['MX', '*.example.net', '10 mx.example.org'],
] as const)('a record set takes %s at %s', (type, name, value) => {
  const set = new DnsRecordSet(new Site('lab', { domain: 'example.net' }), 'r', { name, type, values: [value] });
  expect([set.fqdn, set.type, set.values]).toEqual([name, type, [value]]);
});
