import { generateKeyPairSync } from 'node:crypto';
import { Duration, Secret, Site } from '@ashlar/core';
import { DnsRecordSet, MailDomain, MailServer, Vlan } from '../../../packages/network/src';
import { SiteNames } from '../../../packages/network/src/mail/site-names';
import { checkHost } from '../../../packages/network/src/mail/spf-evaluation';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { JUDGES, judged, type Names } from './judge';

const RSA = pair('rsa');
const ED25519 = pair('ed25519');
const NEXT = pair('rsa');

const MESSAGE = [
  'From: Jo <jo@example.net>',
  'To: someone@example.org',
  'Subject: A question',
  'Date: Sat, 21 Nov 2026 10:00:00 +0000',
  'Message-ID: <1@example.net>',
  '',
  'Is it there yet?',
  '',
].join('\r\n');

describeWith(JUDGES, 'The records of a mail domain', () => {
  const verdict = new Verdict('pyspf, dkimpy, checkdmarc: rendered records');
  const site = new Site('lab', { domain: 'example.net' });
  const dmz = new Vlan(site, 'dmz', { tag: 50, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:50::/64' });
  const inside = new Vlan(site, 'inside', { tag: 60, ipv4: '10.60.0.0/24' });
  const mx1 = new MailServer(site, 'mx1', { host: dmz.host('mx1', 25), pointer: 'mx1.example.net' });
  const relay = new MailServer(site, 'relay', {
    host: inside.host('relay', 25),
    name: 'out.example.net',
    addresses: ['198.51.100.25'],
    pointer: 'out.example.net',
  });
  const key = (selector: string, publicKey: string) => ({ selector, publicKey, privateKey: Secret.fromOpenBao('kv/mail', selector) });
  const mail = new MailDomain(site, 'mail', {
    exchangers: [mx1],
    outgoing: [mx1, relay],
    spf: { include: ['_spf.example.org'], known: { '_spf.example.org': 'v=spf1 ip4:192.0.2.0/28 -all' } },
    dkim: [key('r1', RSA.publicKey), key('e1', ED25519.publicKey), key('r2', NEXT.publicKey)],
    dmarc: { policy: 'reject', adkim: 'strict', rua: ['dmarc@example.net'], ruf: ['forensics@example.net'] },
    mtaSts: { server: dmz.host('web', 80), maxAge: Duration.days(30) },
    tlsReports: ['tls@example.net'],
  });
  const { output } = site.render();
  const names = table(site, { '_spf.example.org TXT': ['v=spf1 ip4:192.0.2.0/28 -all'] });
  const txt = (name: string) => (names[`${name} TXT`] as string[])[0] as string;

  test('pyspf lets our servers through and nobody else, and agrees with our own evaluation', () => {
    const clients = [
      '203.0.113.25',
      '198.51.100.25',
      '2001:db8:0:50::19',
      '192.0.2.7',
      '192.0.2.16',
      '203.0.113.26',
      '10.60.0.25',
      '2001:db8:0:51::19',
    ];
    const answers = judged(clients.map(ip => ({ ask: 'spf', ip, sender: 'jo@example.net', helo: 'mx1.example.net', names })));
    const results = answers.map(({ result }) => result);
    verdict.took(4, results.slice(0, 4).filter(result => result !== 'pass').length);
    for (const result of results.slice(4)) verdict.sawBroken(result === 'fail');
    expect(results).toEqual(['pass', 'pass', 'pass', 'pass', 'fail', 'fail', 'fail', 'fail']);
    const own = new SiteNames(site).with(mail.spf.known);
    expect(clients.map(ip => checkHost('example.net', { ip, sender: 'jo@example.net' }, own).result)).toEqual(results);
  });

  test.each([
    ['RSA', 'r1', RSA.rsaPem, 'rsa-sha256'],
    ['the RSA key that comes next', 'r2', NEXT.rsaPem, 'rsa-sha256'],
    ['Ed25519', 'e1', ED25519.seed, 'ed25519-sha256'],
  ])('dkimpy verifies with our record what it signed with %s, and refuses what was changed', (_, selector, privateKey, algorithm) => {
    const [{ message, refused }] = judged([{ ask: 'sign', message: MESSAGE, selector, domain: 'example.net', key: privateKey, algorithm }]);
    expect(refused).toBeUndefined();
    const other = {
      ...names,
      [`${selector}._domainkey.example.net TXT`]: [txt(selector === 'r1' ? 'r2._domainkey.example.net' : 'r1._domainkey.example.net')],
    };
    const [verified, changed, swapped, unpublished] = judged([
      { ask: 'dkim', message, names },
      { ask: 'dkim', message: message.replace('there yet', 'here yet'), names },
      { ask: 'dkim', message, names: other },
      { ask: 'dkim', message, names: {} },
    ]);
    verdict.took(1, verified.pass === true ? 0 : 1);
    expect(verified).toEqual({ pass: true });
    for (const broken of [changed, swapped, unpublished]) {
      verdict.sawBroken(broken.pass !== true);
      expect(broken.pass).not.toBe(true);
    }
  });

  test('checkdmarc reads the DMARC record as it was meant', () => {
    const [answer] = judged([{ ask: 'dmarc', record: txt('_dmarc.example.net'), domain: 'example.net', names }]);
    verdict.took(1, answer.refused ? 1 : 0);
    expect(answer).toMatchObject({ tags: { p: 'reject', adkim: 's' } });
    expect(answer.tags.rua.map((uri: { address: string }) => uri.address)).toEqual(['dmarc@example.net']);
    expect(answer.tags.ruf.map((uri: { address: string }) => uri.address)).toEqual(['forensics@example.net']);
  });

  test('checkdmarc reads the MTA-STS record and policy, and the record of TLS reports', () => {
    const policy = output.read('devices/mail/example.net/mta-sts.txt');
    const [sts, tls] = judged([
      { ask: 'mta_sts', record: txt('_mta-sts.example.net'), policy },
      { ask: 'tls_rpt', record: txt('_smtp._tls.example.net') },
    ]);
    verdict.took(3, Number(Boolean(sts.refused)) + Number(Boolean(tls.refused)));
    expect(sts).toEqual({
      tags: { v: 'STSv1', id: '1' },
      policy: { version: 'STSv1', mode: 'enforce', max_age: 2_592_000, mx: ['mx1.example.net'] },
      warnings: [],
    });
    expect(tls).toEqual({ tags: { v: 'TLSRPTv1', rua: ['mailto:tls@example.net'] }, warnings: [] });
  });

  test.each([
    ['a DMARC record with a tag without value', 'dmarc', '_dmarc.example.net', (t: string) => t.replace('p=reject', 'p reject')],
    ['a DMARC record with a policy that is none', 'dmarc', '_dmarc.example.net', (t: string) => t.replace('reject', 'refuse')],
    [
      'a DMARC record whose version comes second',
      'dmarc',
      '_dmarc.example.net',
      (t: string) => t.replace('v=DMARC1; p=reject', 'p=reject; v=DMARC1'),
    ],
    ['an MTA-STS record without id', 'mta_sts', '_mta-sts.example.net', (t: string) => t.replace(/ id=.*/, '')],
    ['an MTA-STS id with a dash', 'mta_sts', '_mta-sts.example.net', (t: string) => t.replace('id=1', 'id=2026-11')],
    ['a record of TLS reports without address', 'tls_rpt', '_smtp._tls.example.net', (t: string) => t.replace(/ rua=.*/, '')],
  ])('broken: checkdmarc refuses %s', (_, ask, name, spoil) => {
    const broken = spoil(txt(name));
    expect(broken).not.toBe(txt(name));
    const [{ refused }] = judged([
      { ask, record: broken, domain: 'example.net', names, policy: output.read('devices/mail/example.net/mta-sts.txt') },
    ]);
    verdict.sawBroken(refused !== undefined);
    expect(refused).toMatch(/^(_?Invalid|MTASTS|DMARC|SMTPTLS)\w+: /);
  });

  test.each([
    ['without mode', (t: string) => t.replace(/mode: .*\n/, '')],
    ['of an unknown mode', (t: string) => t.replace('enforce', 'require')],
    ['with an age in words', (t: string) => t.replace(/max_age: \d+/, 'max_age: 30 days')],
    ['without servers', (t: string) => t.replace(/mx: .*\n/g, '')],
  ])('broken: checkdmarc refuses an MTA-STS policy %s', (_, spoil) => {
    const policy = spoil(output.read('devices/mail/example.net/mta-sts.txt') as string);
    const [{ refused }] = judged([{ ask: 'mta_sts', record: txt('_mta-sts.example.net'), policy }]);
    verdict.sawBroken(refused !== undefined);
    expect(refused).toMatch(/^MTASTSPolicy\w+: /);
  });
});

/** What a DNS server would answer for the site. */
function table(site: Site, others: Names): Names {
  const found: Record<string, string[]> = {};
  for (const set of site.findAll().filter(DnsRecordSet.isDnsRecordSet)) {
    const values = set.type === 'MX' ? set.values.map(value => value.split(' ')[1] as string) : set.values;
    const key = `${set.fqdn} ${set.type}`;
    found[key] = [...(found[key] ?? []), ...values];
  }
  return { ...found, ...others };
}

/** A pair of keys, as openssl and dkimpy write them. */
function pair(kind: 'rsa' | 'ed25519') {
  const keys = kind === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  const publicKey = keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const rsaPem = kind === 'rsa' ? keys.privateKey.export({ format: 'pem', type: 'pkcs1' }).toString() : '';
  // dkimpy takes the seed of an Ed25519 key in Base64: the last 32 bytes of its PKCS #8.
  const seed = keys.privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64');
  return { publicKey, rsaPem, seed };
}
