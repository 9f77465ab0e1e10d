import { spfCost } from '../../../packages/network/src/mail/spf-cost';
import { checkHost } from '../../../packages/network/src/mail/spf-evaluation';
import type { SpfNames } from '../../../packages/network/src/mail/spf-names';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { JUDGES, judged, type Names } from './judge';

const CLIENTS = ['203.0.113.10', '203.0.113.200', '198.51.100.7', '192.0.2.1', '2001:db8::25', '2001:db8:1::9'];

/** Records of third parties and of the domain's own servers. */
const WORLD: Names = {
  'mx1.example.net A': ['203.0.113.10'],
  'mx1.example.net AAAA': ['2001:db8::25'],
  'mx2.example.net A': ['203.0.113.200'],
  'example.net MX': ['mx1.example.net', 'mx2.example.net'],
  'example.net A': ['192.0.2.1'],
  'many.example.net MX': Array.from({ length: 11 }, (_, i) => `m${i}.example.net`),
  '_spf.example.org TXT': ['v=spf1 ip4:198.51.100.0/24 ~all'],
  'nested.example.org TXT': ['v=spf1 include:_spf.example.org ip6:2001:db8:1::/48 -all'],
  'strict.example.org TXT': ['v=spf1 -ip4:203.0.113.0/24 ip4:192.0.2.0/24 -all'],
  'broken.example.org TXT': ['v=spf1 ip4:198.51.100.0/33 -all'],
  'twice.example.org TXT': ['v=spf1 -all', 'v=spf1 ~all'],
  'none.example.org TXT': ['google-site-verification=abc'],
  '203.0.113.10._ip.example.net A': ['127.0.0.2'],
  '10.113.0.203.in-addr._rev.example.net A': ['127.0.0.2'],
  'sales.user.example.net A': ['127.0.0.2'],
  ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`l${i}.example.org TXT`, ['v=spf1 ip4:192.0.2.128/25 -all']])),
};

const MECHANISMS = [
  'ip4:203.0.113.10',
  'ip4:203.0.113.0/25',
  'ip4:203.0.113.0/0',
  'ip6:2001:db8::/64',
  'ip6:2001:db8::25',
  'a',
  'mx',
  'A:mx1.example.net',
  'mx:example.net/24',
  'a:mx1.example.net/24//64',
  'a/8',
  'mx//32',
  'include:_spf.example.org',
  'include:nested.example.org',
  'include:strict.example.org',
  '-include:_spf.example.org',
  '?ip4:198.51.100.0/24',
  '~mx',
  'exists:%{i}._ip.example.net',
  'exists:%{ir}.%{v}._rev.%{d2}',
  'exists:%{l}.user.%{o}',
  'exists:%{d1r}.example.net',
  'exp=explain.%{d}',
  'moo=%{s}',
  'redirect=_spf.example.org',
  'redirect=nested.example.org',
  'a:%{h}',
] as const;

/** What receivers refuse, or what has a limit. */
const BROKEN: readonly string[] = [
  'v=spf1 ip4:203.0.113.300 -all',
  'v=spf1 ip4:203.0.113.0/33 -all',
  'v=spf1 ip6:2001:db8::g -all',
  'v=spf1 ip4 -all',
  'v=spf1 include: -all',
  'v=spf1 include -all',
  'v=spf1 include:localhost -all',
  'v=spf1 all:example.net',
  'v=spf1 mail:example.net -all',
  'v=spf1 a:example.net/33 -all',
  'v=spf1 a//129 -all',
  'v=spf1 redirect=_spf.example.org redirect=_spf.example.org',
  'v=spf1 redirect=',
  'v=spf1 exists -all',
  'v=spf1 exists:%{q}.example.net -all',
  'v=spf1 exists:%(i).example.net -all',
  'v=spf1 ip4:203.0.113.0/024 -all',
  'v=spf1 include:broken.example.org -all',
  'v=spf1 include:twice.example.org -all',
  'v=spf1 include:none.example.org -all',
  'v=spf1 redirect=none.example.org',
  'v=spf1 mx:many.example.net -all',
  `v=spf1 ${Array.from({ length: 11 }, (_, i) => `include:l${i}.example.org`).join(' ')} -all`,
  'v=spf1 include:example.net -all',
  'v=spf1 a:no1.example.net a:no2.example.net a:no3.example.net -all',
  'v=spf1 ?? -all',
  'v=spf1 -all=example.net.',
];

describeWith(JUDGES, 'SPF', () => {
  const verdict = new Verdict('pyspf, checkdmarc: SPF');

  test('pyspf comes to our result for every record and client', () => {
    const records = MECHANISMS.flatMap((one, i) => [
      `v=spf1 ${one} -all`,
      `v=spf1 ${one} ${MECHANISMS[(i * 7 + 3) % 20]} ~all`,
      `v=spf1 ${MECHANISMS[(i * 5 + 1) % 20]} ${one}`,
    ]);
    const cases = records.flatMap(record => CLIENTS.map(ip => ({ record, ip })));
    const theirs = judged(cases.map(({ record, ip }) => question(record, ip)));
    const ours = cases.map(({ record, ip }) => ourResult(record, ip));
    const differences = cases.map((c, i) => ({ ...c, ours: ours[i], theirs: theirs[i].result })).filter(c => c.ours !== c.theirs);
    verdict.took(cases.length, differences.length);
    expect(differences).toEqual([]);
    expect(new Set(ours)).toEqual(new Set(['pass', 'fail', 'softfail', 'neutral']));
  });

  test('broken: pyspf refuses each, and so do we', () => {
    const ip = '198.51.100.99';
    const theirs = judged(BROKEN.map(record => question(record, ip)));
    for (const { result } of theirs) verdict.sawBroken(result === 'permerror');
    const results = BROKEN.map((record, i) => ({ record, theirs: theirs[i].result, ours: ourResult(record, ip) }));
    expect(results).toEqual(BROKEN.map(record => ({ record, theirs: 'permerror', ours: 'permerror' })));
  });

  test('checkdmarc counts the same look-ups', () => {
    const records = MECHANISMS.filter(m => !/%|exp=|moo=|redirect/.test(m)).map(
      (m, i, all) => `v=spf1 ${m} ${all[(i + 5) % all.length]} -all`,
    );
    const theirs = judged(records.map(record => ({ ask: 'cost', record, domain: 'example.net', names: world(record) })));
    const differences = records
      .map((record, i) => ({
        record,
        ours: spfCost('example.net', record, names(world(record))).lookups,
        theirs: theirs[i].lookups ?? theirs[i],
      }))
      .filter(({ ours, theirs }) => ours !== theirs);
    verdict.took(records.length, differences.length);
    expect(differences).toEqual([]);
  });
});

function world(record: string): Names {
  return { ...WORLD, 'example.net TXT': [record] };
}

function question(record: string, ip: string): object {
  return { ask: 'spf', ip, sender: 'sales@example.net', helo: 'mx1.example.net', names: world(record) };
}

function ourResult(record: string, ip: string): string {
  return checkHost('example.net', { ip, sender: 'sales@example.net', helo: 'mx1.example.net' }, names(world(record))).result;
}

function names(table: Names): SpfNames {
  const of = (name: string, type: string) => table[`${name} ${type}`] ?? [];
  return {
    txt: name => of(name, 'TXT'),
    addresses: (name, family) => of(name, family === 4 ? 'A' : 'AAAA'),
    exchangers: name => of(name, 'MX'),
    stated: () => undefined,
  };
}
