import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Ledger, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsRecordSet, MailDomain, type MailDomainProps, MailServer, Vlan } from '../../src';
import { expectGolden } from '../golden';
import { KEY, post, rsa } from './post';

/** Every record set below a construct, one line each. */
function records(mail: MailDomain): string {
  const sets = mail.node.findAll().filter(DnsRecordSet.isDnsRecordSet);
  const lines = sets.flatMap(({ fqdn, type, values }) => values.map(value => `${fqdn} ${type} ${value}`));
  return `${lines.sort().join('\n')}\n`;
}

describe('a mail domain', () => {
  const { site, web, mx1, mail } = post();
  const domain = mail({
    spf: { include: ['_spf.example.org'], known: { '_spf.example.org': 'v=spf1 ip4:198.51.100.0/24 -all' } },
    dkim: [KEY, { ...KEY, selector: '2026b', privateKey: Secret.fromOpenBao('kv/mail', 'dkim-2026b') }],
    dmarc: {
      policy: 'quarantine',
      subdomainPolicy: 'reject',
      pct: 50,
      adkim: 'strict',
      rua: ['dmarc@example.net'],
      ruf: ['forensics@example.net'],
    },
    mtaSts: { server: web, maxAge: Duration.days(14) },
    tlsReports: ['tls@example.net'],
    access: { imaps: mx1.host, submissions: mx1.host },
  });

  it('is every record that the world asks for', () => expectGolden('mail/records.txt', records(domain)));

  it('is a policy for MTA-STS, and the whereabouts of its private keys', () => {
    const files = Testing.files(site);
    expectGolden('mail/mta-sts.txt', files['devices/mail/example.net/mta-sts.txt']);
    expectGolden('mail/dkim.json', files['devices/mail/example.net/dkim.json']);
  });

  it('with one line is safe: closed SPF, rejected forgeries', () => {
    const { mail } = post();
    const domain = mail();
    expect(records(domain)).toContain(
      'example.net TXT v=spf1 ip4:203.0.113.25 ip6:2001:db8:0:50::19 ip4:203.0.113.26 ip6:2001:db8:0:50::1a -all\n',
    );
    expect(records(domain)).toContain('_dmarc.example.net TXT v=DMARC1; p=reject\n');
    expect(Testing.findings(domain)).toEqual([]);
  });

  it('publishes SPF for the domain of its bounces as well', () => {
    const { mail } = post();
    expect(records(mail({ returnPath: 'bounces.example.net' }))).toContain('bounces.example.net TXT v=spf1 ip4:203.0.113.25 ');
  });

  it('tells senders of a new MTA-STS policy, and of that alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ashlar-mail-'));
    const id = (props: Partial<MailDomainProps>, days = 7) => {
      const site = new Site('lab', { domain: 'example.net' });
      new Ledger(site, 'ledger', { file: join(folder, 'ledger.json') });
      const dmz = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24' });
      const mx1 = new MailServer(site, 'mx1', { host: dmz.host('mx1', 25), pointer: 'mx1.example.net' });
      const mtaSts = { server: dmz.host('web', 80), maxAge: Duration.days(days) };
      const mail = new MailDomain(site, 'mail', { exchangers: [mx1], dkim: [KEY], mtaSts, ...props });
      site.synth(join(folder, 'out'));
      return /^_mta-sts.*$/m.exec(records(mail))?.[0];
    };
    expect(id({})).toBe('_mta-sts.example.net TXT v=STSv1; id=1');
    expect(id({ tlsReports: ['tls@example.net'] })).toBe('_mta-sts.example.net TXT v=STSv1; id=1');
    expect(id({}, 14)).toBe('_mta-sts.example.net TXT v=STSv1; id=2');
    expect(id({}, 14)).toBe('_mta-sts.example.net TXT v=STSv1; id=2');
  });

  it('takes an Ed25519 key as the 32 bytes of its record', () => {
    const { mail } = post();
    const publicKey = '11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=';
    expect(records(mail({ dkim: [{ ...KEY, publicKey }] }))).toContain(
      `2026a._domainkey.example.net TXT v=DKIM1; k=ed25519; p=${publicKey}\n`,
    );
  });

  it('knows that a domain of the site wants reports, whichever comes first', () => {
    const { site, mx1, mail } = post();
    mail({ dmarc: { policy: 'reject', rua: ['dmarc@example.org'] } });
    new MailDomain(site, 'shop', { domain: 'example.org', exchangers: [mx1], dkim: [KEY] });
    expect(Testing.findings(site)).toEqual([]);
    expect(
      site.node
        .findAll()
        .filter(DnsRecordSet.isDnsRecordSet)
        .map(set => set.fqdn),
    ).toContain('example.net._report._dmarc.example.org');
  });

  it('lets another domain of the site have its reports', () => {
    const { site, mx1, mail } = post();
    const domain = new MailDomain(site, 'shop', {
      domain: 'example.org',
      exchangers: [mx1],
      dkim: [KEY],
      dmarc: { policy: 'reject', rua: ['dmarc@example.net'] },
    });
    mail();
    expect(Testing.findings(site)).toEqual([]);
    expect(records(domain)).toContain('example.org._report._dmarc.example.net TXT v=DMARC1\n');
  });
});

describe('a mail domain refuses', () => {
  const refused: readonly (readonly [string, Partial<MailDomainProps> | (() => Partial<MailDomainProps>), string])[] = [
    [
      'an unknown property',
      { spv: {} } as never,
      '[lab/mail] there is no property spv; use one of domain, exchangers, outgoing, spf, dkim, signingDomain, returnPath, dmarc, mtaSts, tlsReports, access, texts (PROP_UNKNOWN)',
    ],
    [
      'a domain that is none',
      { domain: 'example' },
      '[lab/mail] domain must be a domain name in lower case, got "example"; write it like example.net (PROP_FORMAT)',
    ],
    ['no server', { exchangers: [] }, '[lab/mail] exchangers is empty; write exchangers: [mx1] (PROP_EMPTY)'],
    [
      'a host for a server',
      () => ({ exchangers: [post().web as never] }),
      '[lab/mail] exchangers must be a MailServer, got a Host; write exchangers: [mx1] (PROP_TYPE)',
    ],
    ['no key', { dkim: [] }, "[lab/mail] dkim is empty; write dkim: [{ selector: '2026a', publicKey, privateKey }] (PROP_EMPTY)"],
    [
      'two keys of one selector',
      { dkim: [KEY, KEY] },
      '[lab/mail] two keys have the selector 2026a; give the new key a selector of its own; the old one stays until no signature of it is on its way, see RFC 6376 section 3.1 (DKIM_SELECTOR_TAKEN)',
    ],
    [
      'a private key',
      { dkim: [{ ...KEY, publicKey: '-----BEGIN RSA PRIVATE KEY-----' }] },
      '[lab/mail] publicKey of selector 2026a is a private key; write the public half, from openssl pkey -pubout, and make a new pair: this one has been in a program (DKIM_KEY_PRIVATE)',
    ],
    [
      'a key that is none',
      { dkim: [{ ...KEY, publicKey: 'MIIB' }] },
      '[lab/mail] publicKey of selector 2026a is no public key of RSA or Ed25519; write what openssl pkey -pubout prints (DKIM_KEY)',
    ],
    [
      'a short key',
      () => ({ dkim: [{ ...KEY, publicKey: rsa(768) }] }),
      '[lab/mail] the RSA key of selector 2026a has 768 bits, and receivers take its signatures for none; make one of 2048 bits, see RFC 8301 section 3.2 (DKIM_KEY_SHORT)',
    ],
    [
      'everybody',
      { spf: { all: 'pass' as never } },
      "[lab/mail] all: 'pass' lets everybody in the world send for the domain; write all: 'fail', and name who sends in mechanisms or include, see RFC 7208 section 5.1 (SPF_PASS_ALL)",
    ],
    [
      'everybody in a mechanism',
      { spf: { mechanisms: ['mx', '+all'] } },
      "[lab/mail] +all lets everybody in the world send for the domain; write all: 'fail', and name who sends in mechanisms or include, see RFC 7208 section 5.1 (SPF_PASS_ALL)",
    ],
    [
      'all as a mechanism',
      { spf: { mechanisms: ['mx', '-all'] } },
      "[lab/mail] mechanisms ends the record with -all, and all is a property; write all: 'fail' (SPF_TERM)",
    ],
    [
      'a mechanism that is none',
      { spf: { mechanisms: ['ip4:203.0.113.300'] } },
      '[lab/mail] mechanisms has "ip4:203.0.113.300", which receivers refuse: ip4:203.0.113.300: needs an IPv4 address; write one mechanism in each, like ip4:198.51.100.0/24, see RFC 7208 section 5 (SPF_TERM)',
    ],
    [
      'two mechanisms in one',
      { spf: { mechanisms: ['mx a'] } },
      '[lab/mail] mechanisms has "mx a", which receivers refuse: it is not one term; write one mechanism in each, like ip4:198.51.100.0/24, see RFC 7208 section 5 (SPF_TERM)',
    ],
    [
      'an include that is no name',
      { spf: { include: ['include:_spf.example.org'] } },
      '[lab/mail] include must be a domain name in lower case, got "include:_spf.example.org"; write it like _spf.example.org (PROP_FORMAT)',
    ],
    [
      'a known record that is none',
      { spf: { known: { '_spf.example.org': 'ip4:198.51.100.0/24' } } },
      `[lab/mail] known['_spf.example.org'] is no SPF record: it does not begin with v=spf1, got "ip4:198.51.100.0/24"; copy what dig TXT _spf.example.org answers (SPF_KNOWN)`,
    ],
    [
      'a percentage above 100',
      { dmarc: { policy: 'reject', pct: 101 } },
      '[lab/mail] pct must be from 0 to 100 %, got 101; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a report address that is a URI',
      { dmarc: { policy: 'reject', rua: ['mailto:dmarc@example.net'] } },
      '[lab/mail] rua must be a mail address, got "mailto:dmarc@example.net"; write it like dmarc@example.net (PROP_FORMAT)',
    ],
    [
      'mail that never passes its own policy',
      { signingDomain: 'example.org', returnPath: 'example.com' },
      '[lab/mail] mail from example.net is signed as example.org and bounces to example.com, so that none of it passes its own DMARC policy; leave signingDomain out, which signs as example.net, see RFC 7489 section 3.1 (DMARC_UNALIGNED)',
    ],
    [
      'strict alignment that SPF and DKIM both miss',
      { signingDomain: 'a.example.net', returnPath: 'b.example.net', dmarc: { policy: 'reject', aspf: 'strict', adkim: 'strict' } },
      '[lab/mail] mail from example.net is signed as a.example.net and bounces to b.example.net, so that none of it passes its own DMARC policy; leave signingDomain out, which signs as example.net, see RFC 7489 section 3.1 (DMARC_UNALIGNED)',
    ],
    [
      'a policy on a server that has no name',
      { mtaSts: { server: 'web' as never } },
      '[lab/mail] server must be a Host or record set, got "web"; write server: web (PROP_TYPE)',
    ],
    [
      'an unknown mode of MTA-STS',
      () => ({ mtaSts: { server: post().web, mode: 'strict' as never } }),
      `[lab/mail] mode must be one of enforce, testing, none, got "strict"; write mode: 'enforce' (PROP_CHOICE)`,
    ],
    [
      'an unknown service of mail programs',
      () => ({ access: { imap: post().web } as never }),
      '[lab/mail] there is no property imap; use one of imaps, pop3s, submission, submissions (PROP_UNKNOWN)',
    ],
    [
      'a mail program on no server',
      { access: { imaps: 'mx1' as never } },
      '[lab/mail] imaps must be a Host, got "mx1"; write imaps: mailbox (PROP_TYPE)',
    ],
    [
      'a report of failed encryption to nobody',
      { tlsReports: [] },
      "[lab/mail] tlsReports is empty; write tlsReports: ['tls@example.net'] (PROP_EMPTY)",
    ],
    [
      'a number of look-ups below zero',
      { spf: { known: { '_spf.example.org': -1 } } },
      "[lab/mail] known['_spf.example.org'] must be from 0 to 100 look-ups, got -1; choose a value inside the range (PROP_RANGE)",
    ],
    [
      'a key without its private half',
      { dkim: [{ selector: '2026a', publicKey: 'MIIB' } as never] },
      "[lab/mail] privateKey is missing; write privateKey: Secret.fromOpenBao('kv/mail', 'dkim-2026a') (PROP_MISSING)",
    ],
    [
      'a policy of DMARC that is none',
      { dmarc: { policy: 'block' as never } },
      `[lab/mail] policy must be one of reject, quarantine, none, got "block"; write policy: 'reject' (PROP_CHOICE)`,
    ],
    [
      'an alignment that is none',
      { dmarc: { policy: 'reject', aspf: 's' as never } },
      `[lab/mail] aspf must be one of relaxed, strict, got "s"; write aspf: 'relaxed' (PROP_CHOICE)`,
    ],
    [
      'a policy kept for a minute',
      () => ({ mtaSts: { server: post().web, maxAge: Duration.minutes(1) } }),
      '[lab/mail] maxAge must be from 86400 to 31557600 seconds, got 60; choose a value inside the range (PROP_RANGE)',
    ],
  ];
  it.each(refused)('%s', (_, props, message) => {
    const { mail } = post();
    expect(() => mail(typeof props === 'function' ? props() : props)).toThrow(new Error(message));
  });

  it('a server that is named twice', () => {
    const { mx1, mail } = post();
    expect(() => mail({ exchangers: [mx1, mx1] })).toThrow(
      new Error('[lab/mail] exchangers names lab/mx1 twice; name each server once (MAIL_EXCHANGERS)'),
    );
  });

  it('a domain that another has', () => {
    const { site, mx1, mail } = post();
    mail();
    expect(() => new MailDomain(site, 'again', { exchangers: [mx1], dkim: [KEY] })).toThrow(
      new Error(
        '[lab/again] the mail of example.net is already that of lab/mail; say there what you want to say here: two SPF records are worse than none (MAIL_DOMAIN_TAKEN)',
      ),
    );
  });
});
