import { checkHost, type SpfNames } from '../../src';
import { spfCost } from '../../src/mail/spf-cost';
import { expandMacros } from '../../src/mail/spf-macro';
import { parseSpf } from '../../src/mail/spf-record';

/** What a table answers: `name TYPE` to values; what is not in it does not exist, except below `unknown.example`. */
function names(table: Readonly<Record<string, readonly string[]>>): SpfNames {
  const of = (name: string, type: string) => table[`${name} ${type}`] ?? (name.endsWith('unknown.example') ? undefined : []);
  return {
    txt: name => of(name, 'TXT'),
    addresses: (name, family) => of(name, family === 4 ? 'A' : 'AAAA'),
    exchangers: name => of(name, 'MX'),
    stated: () => undefined,
  };
}

const WORLD = {
  'mx1.example.net A': ['203.0.113.10'],
  'mx1.example.net AAAA': ['2001:db8::25'],
  'example.net MX': ['mx1.example.net'],
  '_spf.example.org TXT': ['v=spf1 ip4:198.51.100.0/24 ~all', 'verification=1'],
};
const judge = (record: string, ip: string) =>
  checkHost('example.net', { ip, sender: 'jo@example.net', helo: 'mx1.example.net' }, names({ ...WORLD, 'example.net TXT': [record] }));

describe('the evaluation of SPF', () => {
  it.each([
    ['v=spf1 ip4:203.0.113.0/24 -all', '203.0.113.77', 'pass', 'ip4:203.0.113.0/24', 0],
    ['v=spf1 mx -all', '203.0.113.10', 'pass', 'mx', 1],
    ['v=spf1 mx -all', '2001:db8::25', 'pass', 'mx', 1],
    ['v=spf1 mx -all', '2001:db8::26', 'fail', '-all', 1],
    ['v=spf1 mx/24 -all', '203.0.113.200', 'pass', 'mx/24', 1],
    ['v=spf1 include:_spf.example.org ?all', '198.51.100.1', 'pass', 'include:_spf.example.org', 1],
    ['v=spf1 include:_spf.example.org ?all', '192.0.2.1', 'neutral', '?all', 1],
    ['v=spf1 redirect=_spf.example.org', '192.0.2.1', 'softfail', 'redirect=_spf.example.org', 1],
    ['v=spf1 -all redirect=_spf.example.org', '198.51.100.1', 'fail', '-all', 0],
    ['v=spf1 a:mx1.example.net', '192.0.2.1', 'neutral', undefined, 1],
    ['V=SPF1 IP4:203.0.113.10 -ALL', '203.0.113.10', 'pass', 'IP4:203.0.113.10', 0],
    ['v=spf1 ip4:203.0.113.10 -all', '::ffff:203.0.113.10', 'pass', 'ip4:203.0.113.10', 0],
  ])('of %s answers %s with %s', (record, ip, result, term, lookups) => {
    expect(judge(record, ip)).toEqual({ result, ...(term && { term }), lookups, voids: 0 });
  });

  it.each([
    ['v=spf1 include:a.unknown.example -all', 'temperror', 'the SPF record of a.unknown.example is not known here'],
    ['v=spf1 a:a.unknown.example -all', 'temperror', 'the addresses of a.unknown.example are not known here'],
    ['v=spf1 ptr -all', 'temperror', 'ptr asks for the name of the client'],
    ['v=spf1 exists:%{p}.example.net -all', 'temperror', 'exists:%{p}.example.net has a macro that is known to the receiver only'],
    ['v=spf1 include:www.example.net -all', 'permerror', 'www.example.net has no SPF record'],
    ['v=spf1 ip4:203.0.113.0/33 -all', 'permerror', 'ip4:203.0.113.0/33: has a length of prefix that is none'],
    [
      'v=spf1 a:a.example.net a:b.example.net a:c.example.net',
      'permerror',
      'c.example.net would be look-up 3 without an answer, and receivers stop at 2',
    ],
    ['v=spf1 include:example.net -all', 'permerror', 'include:example.net would be look-up 11, and receivers stop at 10'],
  ])('of %s ends in %s, and says why', (record, result, problem) => {
    expect(judge(record, '192.0.2.1')).toMatchObject({ result, problem });
  });

  it('of a domain without record is none, and with two an error', () => {
    const two = names({ 'example.net TXT': ['v=spf1 -all', 'v=spf1 ~all'] });
    expect(checkHost('example.net', { ip: '192.0.2.1' }, names({}))).toEqual({ result: 'none', lookups: 0, voids: 0 });
    expect(checkHost('example.net', { ip: '192.0.2.1' }, two)).toMatchObject({
      result: 'permerror',
      problem: 'example.net has 2 SPF records',
    });
  });
});

describe('the cost of an SPF record', () => {
  it('is what the whole of it needs when no term matches', () => {
    const table = { ...WORLD, 'outer.example.org TXT': ['v=spf1 include:_spf.example.org a mx exists:%{i}.example.org -all ptr'] };
    const record = 'v=spf1 ip4:203.0.113.10 mx include:outer.example.org a:mx1.example.net ~all include:never.example.org';
    expect(spfCost('example.net', record, names(table))).toEqual({
      lookups: 7,
      terms: [
        { term: 'mx', lookups: 1 },
        { term: 'include:outer.example.org', lookups: 5 },
        { term: 'a:mx1.example.net', lookups: 1 },
      ],
      voids: ['outer.example.org', 'outer.example.org'],
      unknown: [],
      faults: [],
    });
  });
});

describe('macros', () => {
  // The examples of RFC 7208 section 7.4.
  it.each([
    ['%{s}', 'strong-bad@email.example.com'],
    ['%{o}', 'email.example.com'],
    ['%{d4}', 'email.example.com'],
    ['%{d1}', 'com'],
    ['%{dr}', 'com.example.email'],
    ['%{d2r}', 'example.email'],
    ['%{l-}', 'strong.bad'],
    ['%{lr-}', 'bad.strong'],
    ['%{l1r-}', 'strong'],
    ['%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
    ['%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
    ['%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
    ['%%%_%-', '% %20'],
  ])('%s is %s', (text, expanded) => {
    expect(expandMacros(text, 'email.example.com', { ip: '192.0.2.3', sender: 'strong-bad@email.example.com' })).toBe(expanded);
  });

  it('of an IPv6 client are nibbles', () => {
    expect(expandMacros('%{ir}.%{v}._spf.%{d2}', 'email.example.com', { ip: '2001:db8::cb01' })).toBe(
      '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com',
    );
  });

  it('keep a name below 254 characters by leaving labels out from the left', () => {
    const sender = `${'a.'.repeat(150)}b@example.net`;
    expect(expandMacros('%{l}.x.example.net', 'example.net', { ip: '192.0.2.3', sender })).toHaveLength(253);
  });
});

it('a record of 1,000 terms is read in time, and so is one that is made to be slow', () => {
  const started = process.cpuUsage();
  expect(parseSpf(`v=spf1 ${'ip4:203.0.113.10 '.repeat(1000)}-all`).terms).toHaveLength(1001);
  expect(parseSpf(`v=spf1 a:${'a-'.repeat(20_000)}!`).problem).toContain('takes a domain name, or nothing');
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
});
