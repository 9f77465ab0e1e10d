import { acknowledge, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsRecordSet, MailServer, type SpfPolicy, Vlan } from '../../src';
import { KEY, post, rsa } from './post';

/** What is found in the site of a mail domain with this SPF policy. */
function found(spf: SpfPolicy): string[] {
  return Testing.findings(post().mail({ spf }));
}

const THIRD = 'v=spf1 ip4:198.51.100.0/24 -all';
const names = (count: number) => Array.from({ length: count }, (_, i) => `s${i}.example.org`);
const known = (count: number) => Object.fromEntries(names(count).map(name => [name, THIRD]));

describe('an SPF record', () => {
  it('with eleven look-ups is one error that names each term and its cost', () => {
    const policy = { mechanisms: ['a', 'mx'], include: ['_spf.example.org', ...names(5)], known: { ...known(5), '_spf.example.org': 3 } };
    expect(found(policy)).toEqual([
      'error [lab/mail] the SPF record of example.net needs 11 DNS look-ups, and receivers stop at 10: a 1, mx 1, include:_spf.example.org 4, include:s0.example.org 1, include:s1.example.org 1, include:s2.example.org 1, include:s3.example.org 1, include:s4.example.org 1; drop a term, or write flatten: true with the records in known (RFC 7208 section 4.6.4) (SPF_LOOKUPS)',
    ]);
  });

  it('with ten is none', () => {
    const policy = { mechanisms: ['mx'], include: ['_spf.example.org', ...names(5)], known: { ...known(5), '_spf.example.org': 3 } };
    expect(found(policy)).toEqual([]);
  });

  it('counts what is behind an include', () => {
    const chain = {
      ...known(10),
      'outer.example.org': `v=spf1 ${names(10)
        .map(name => `include:${name}`)
        .join(' ')} -all`,
    };
    expect(found({ include: ['outer.example.org'], known: chain })).toEqual([
      'error [lab/mail] the SPF record of example.net needs 11 DNS look-ups, and receivers stop at 10: include:outer.example.org 11; drop a term, or write flatten: true with the records in known (RFC 7208 section 4.6.4) (SPF_LOOKUPS)',
    ]);
  });

  it('flattened needs none of the known look-ups', () => {
    const { mail } = post();
    const domain = mail({
      spf: { include: [...names(12), 'other.example.org'], known: { ...known(12), 'other.example.org': 2 }, flatten: true },
    });
    expect(domain.spfRecord).toBe(
      'v=spf1 ip4:203.0.113.25 ip6:2001:db8:0:50::19 ip4:203.0.113.26 ip6:2001:db8:0:50::1a ip4:198.51.100.0/24 include:other.example.org -all',
    );
    expect(Testing.findings(domain)).toEqual([]);
  });

  it('keeps an include that asks for more than addresses when it is flattened', () => {
    const record = 'v=spf1 include:inner.example.org a:mx.example.org -all';
    const domain = post().mail({
      spf: { include: ['_spf.example.org'], known: { '_spf.example.org': record, 'inner.example.org': THIRD }, flatten: true },
    });
    expect(domain.spfRecord).toContain(' include:_spf.example.org -all');
  });

  it('that nobody outside can judge is a warning', () => {
    expect(found({ include: ['_spf.example.org'] })).toEqual([
      "warning [lab/mail] the SPF record of example.net cannot be judged: nothing is known of the records of _spf.example.org; write known: { '_spf.example.org': … } with the record, or with the number of look-ups that it needs (SPF_UNKNOWN)",
    ]);
  });

  it('with three names of nobody is an error, with two it is not', () => {
    const gone = ['a:old1.example.net', 'a:old2.example.net'];
    expect(found({ mechanisms: ['mx', ...gone, 'mx:old3.example.net'] })).toEqual([
      'error [lab/mail] the SPF record of example.net asks for 3 names that have no answer, and receivers stop at 2: old1.example.net, old2.example.net, old3.example.net; remove the terms of servers that are gone (RFC 7208 section 4.6.4) (SPF_VOID)',
    ]);
    expect(found({ mechanisms: ['mx', ...gone] })).toEqual([]);
  });

  it('that leaves an outgoing server out is an error for each address', () => {
    expect(found({ mechanisms: ['ip4:203.0.113.25', 'ip6:2001:db8:0:50::/64'] })).toEqual([
      'error [lab/mail] lab/mx2 sends mail of example.net from 203.0.113.26, and its SPF record answers fail by -all; add ip4:203.0.113.26 to mechanisms, or leave mechanisms out: then the addresses of the outgoing servers stand there (SPF_COVERAGE)',
    ]);
    expect(found({ mechanisms: ['ip4:203.0.113.0/24', 'ip6:2001:db8:0:50::/64'] })).toEqual([]);
    expect(found({ mechanisms: ['redirect=_spf.example.org'], known: { '_spf.example.org': THIRD } })).toHaveLength(4);
  });

  it('that includes what is no record, or itself, is an error', () => {
    expect(found({ include: ['example.net'] })).toEqual([
      'error [lab/mail] receivers refuse the SPF record of example.net: include:example.net leads back to example.net; include the name that the third party documents (SPF_INCLUDE)',
    ]);
    expect(found({ include: ['www.example.net'] })).toEqual([
      'error [lab/mail] receivers refuse the SPF record of example.net: include:www.example.net: www.example.net has no SPF record; include the name that the third party documents (SPF_INCLUDE)',
    ]);
  });

  it('has no other beside it', () => {
    const { site, mail } = post();
    mail({ texts: ['v=spf1 include:example.org ~all', 'newsletter=1'] });
    expect(Testing.findings(site)).toEqual([
      'error [lab/mail/txt] gives example.net 2 SPF records, and receivers then use none: v=spf1 ip4:203.0.113.25 ip6:2001:db8:0:50::19 ip4:203.0.113.26 ip6:2001:db8:0:50::1a -all and v=spf1 include:example.org ~all; make one record of them: name third parties in include (RFC 7208 section 3.2) (SPF_TWICE)',
    ]);
  });

  it('beside another TXT record is alone', () => {
    const { site, mail } = post();
    expect(
      mail({ texts: ['newsletter=1'] })
        .node.findAll()
        .filter(DnsRecordSet.isDnsRecordSet)
        .find(set => set.type === 'TXT')?.values,
    ).toHaveLength(2);
    expect(Testing.findings(site)).toEqual([]);
  });

  it('that grows too long is a warning', () => {
    const mechanisms = ['mx', ...Array.from({ length: 25 }, (_, i) => `ip4:198.51.100.${100 + i}`)];
    expect(found({ mechanisms })).toEqual([
      'warning [lab/mail] the SPF record of example.net has 489 characters, and from 450 on the answer may not fit into one packet; name networks instead of single addresses, or put a part under a name of its own and include it (SPF_LENGTH)',
    ]);
  });

  it('that is soft, or asks for names of the client, is a warning', () => {
    expect(found({ all: 'softfail' })).toEqual([
      "warning [lab/mail] mail from anybody else gets ~all: receivers accept it and mark it; write all: 'fail' when the reports show no sender that is missing (SPF_SOFT)",
    ]);
    expect(found({ all: 'neutral' })).toEqual([
      "warning [lab/mail] mail from anybody else gets ?all: receivers treat it as if there were no SPF; write all: 'fail' when the reports show no sender that is missing (SPF_SOFT)",
    ]);
    expect(found({ mechanisms: ['mx', 'ptr'] })).toEqual([
      'warning [lab/mail] ptr makes each receiver ask for names of the client, and many do not; write ip4 and ip6, see RFC 7208 section 5.5 (SPF_PTR)',
    ]);
  });
});

describe('DMARC', () => {
  it('reports to another organization are a warning, which its consent answers', () => {
    const { site, mail } = post();
    const domain = mail({ dmarc: { policy: 'reject', rua: ['net@reports.example.org'] } });
    expect(Testing.findings(site)).toEqual([
      'warning [lab/mail] DMARC reports of example.net go to reports.example.org, which gets them only when it has the TXT record example.net._report._dmarc.reports.example.org with v=DMARC1; have it published there, see RFC 7489 section 7.1, and acknowledge this (DMARC_REPORTS)',
    ]);
    acknowledge(domain, 'DMARC_REPORTS', 'example.org has published the record');
    expect(Testing.findings(site)).toEqual([]);
  });

  it('that nobody sees is a warning', () => {
    expect(Testing.findings(post().mail({ dmarc: { policy: 'none' } }))).toEqual([
      "warning [lab/mail] policy none without rua neither stops anything nor tells anybody; write rua: ['dmarc@example.net'] (DMARC_UNSEEN)",
    ]);
  });

  it('that protects the domain and not what is below it is a warning', () => {
    expect(Testing.findings(post().mail({ dmarc: { policy: 'reject', subdomainPolicy: 'none' } }))).toEqual([
      'warning [lab/mail] subdomains get none, and the domain itself reject: mail of an invented subdomain is what forgers send; leave subdomainPolicy out (DMARC_SUBDOMAIN)',
    ]);
  });

  it('that rests on one proof is a warning', () => {
    expect(Testing.findings(post().mail({ returnPath: 'bounces.example.org' }))).toEqual([
      'warning [lab/mail] mail is sent as bounces.example.org, which does not count for example.net: its DMARC rests on DKIM alone; use example.net or a name below it (DMARC_HALF_ALIGNED)',
    ]);
    expect(Testing.findings(post().mail({ signingDomain: 'example.org' }))).toEqual([
      'warning [lab/mail] mail is signed as example.org, which does not count for example.net: its DMARC rests on SPF alone, which breaks when mail is forwarded; use example.net or a name below it (DMARC_HALF_ALIGNED)',
    ]);
    expect(Testing.findings(post().mail({ returnPath: 'bounces.example.net' }))).toEqual([]);
  });

  it('needs a key that cannot be broken', () => {
    expect(Testing.findings(post().mail({ dkim: [{ ...KEY, publicKey: rsa(1024) }] }))).toEqual([
      'warning [lab/mail] the RSA key of selector 2026a has 1024 bits, which can be broken; rotate to one of 2048 bits, see RFC 8301 section 3.2 (DKIM_KEY_WEAK)',
    ]);
  });
});

describe('a mail server', () => {
  it('behind a gateway needs a name and a PTR record outside', () => {
    const { site } = post();
    const inside = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' });
    const addresses = ['198.51.100.25'];
    new MailServer(site, 'relay', { host: inside.host('relay', 25), addresses });
    expect(Testing.findings(site)).toEqual([
      "error [lab/relay] greets as relay.example.net from 198.51.100.25, and that name leads to 10.60.0.25; write name: with one of its own, like 'mx1.example.net': it then gets the public addresses (MAIL_HELO)",
      "error [lab/relay] greets as relay.example.net from 198.51.100.25, which has no PTR record; give 198.51.100.25 the PTR record relay.example.net; where the provider of the address serves it, order it there and write pointer: 'relay.example.net' (MAIL_PTR)",
    ]);
  });

  it('with both is in order', () => {
    const { site } = post();
    const inside = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' });
    const name = 'out.example.net';
    const relay = new MailServer(site, 'relay', { host: inside.host('relay', 25), addresses: ['198.51.100.25'], name, pointer: name });
    expect(
      relay.node
        .findAll()
        .filter(DnsRecordSet.isDnsRecordSet)
        .map(({ fqdn, type, values }) => [fqdn, type, ...values]),
    ).toEqual([['out.example.net', 'A', '198.51.100.25']]);
    expect(Testing.findings(site)).toEqual([]);
  });

  it('whose provider answers another reverse name is an error', () => {
    const { site, dmz } = post();
    new MailServer(site, 'relay', { host: dmz.host('relay', 30), pointer: 'host-30.example.org' });
    expect(Testing.findings(site)).toEqual([
      'error [lab/relay] greets as relay.example.net from 2001:db8:0:50::1e, which has the PTR record host-30.example.org; order the PTR record relay.example.net from the provider of the address (MAIL_PTR)',
      'error [lab/relay] greets as relay.example.net from 203.0.113.30, which has the PTR record host-30.example.org; order the PTR record relay.example.net from the provider of the address (MAIL_PTR)',
    ]);
  });

  it('in a site that serves no reverse zone needs a PTR record as well', () => {
    const site = new Site('lab', { domain: 'example.net' });
    const host = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24' }).host('mx1', 25);
    new MailServer(site, 'mx1', { host });
    expect(Testing.findings(site)).toEqual([
      "error [lab/mx1] greets as mx1.example.net from 203.0.113.25, which has no PTR record; give 203.0.113.25 the PTR record mx1.example.net; where the provider of the address serves it, order it there and write pointer: 'mx1.example.net' (MAIL_PTR)",
    ]);
  });

  it('finds a PTR record that is written by hand', () => {
    const { site } = post();
    const inside = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' });
    new MailServer(site, 'relay', { host: inside.host('relay', 25), addresses: ['198.51.100.25'], name: 'out.example.net' });
    new DnsRecordSet(site, 'pointer', { name: '25.100.51.198.in-addr.arpa', type: 'PTR', values: ['out.example.net'] });
    expect(Testing.findings(site)).toEqual([]);
  });

  it.each([
    [
      'a private address',
      { ip: undefined },
      '[lab/relay] sends from 10.60.0.25, which nobody outside can check; write addresses: the public ones to which the gateway translates it (MAIL_SERVER_PRIVATE)',
    ],
    [
      'an address that is none',
      { ip: '198.51.100.256' },
      `[lab/relay] addresses are single IPv4 or IPv6 addresses, got "198.51.100.256"; write '203.0.113.25' (MAIL_SERVER_ADDRESS)`,
    ],
    [
      'a network',
      { ip: '198.51.100.0/24' },
      `[lab/relay] addresses are single IPv4 or IPv6 addresses, got "198.51.100.0/24"; write '203.0.113.25' (MAIL_SERVER_ADDRESS)`,
    ],
  ])('refuses %s', (_, { ip }, message) => {
    const { site } = post();
    const host = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' }).host('relay', 25);
    expect(() => new MailServer(site, 'relay', { host, ...(ip && { addresses: [ip] }) })).toThrow(new Error(message));
  });

  it('refuses the name of another', () => {
    const { site, dmz } = post();
    expect(() => new MailServer(site, 'relay', { host: dmz.host('relay', 30), name: 'mx1.example.net' })).toThrow(
      new Error('[lab/relay] the name mx1.example.net is already that of lab/mx1; give each server a name of its own (MAIL_SERVER_NAME)'),
    );
  });
});
