import { Check, ConfigError, warn } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { flattened } from './spf-flatten';
import type { SpfNames } from './spf-names';
import { isSpf, parseSpf } from './spf-record';

/** Who may send mail with the domain in its envelope. */
export interface SpfPolicy {
  /** Mechanisms in the words of RFC 7208, e.g. `mx`, `ip4:198.51.100.0/24`. @default - the addresses of the outgoing servers */
  readonly mechanisms?: readonly string[];
  /** Domains of third parties that send for this one; what their records allow is allowed. @default - none */
  readonly include?: readonly string[];
  /** What everybody else gets. @default 'fail' */
  readonly all?: 'fail' | 'softfail' | 'neutral';
  /**
   * Records of third parties, to judge the whole with: the text of the record, or the number of look-ups that it needs.
   * @default - nothing is known
   */
  readonly known?: Readonly<Record<string, string | number>>;
  /** Replaces includes by the addresses behind them, where those are known; they are then yours to keep up to date. @default false */
  readonly flatten?: boolean;
}

/** `-all` and its weaker forms. */
export const SPF_ALL = { fail: '-all', softfail: '~all', neutral: '?all' } as const;

/** The value of the TXT record of the domain, for servers that send from `addresses`. @see RFC 7208 section 3 */
export function spfRecord(spf: SpfPolicy, addresses: readonly string[]): string {
  const mechanisms = spf.mechanisms ?? addresses.map(address => `ip${address.includes(':') ? 6 : 4}:${address}`);
  const terms = [...mechanisms, ...(spf.include ?? []).map(domain => `include:${domain}`)];
  const { terms: parsed } = parseSpf(`v=spf1 ${terms.join(' ')}`);
  const written = spf.flatten ? flattened(parsed, knownNames(spf.known)) : terms;
  const redirected = parsed.some(({ kind }) => kind === 'redirect');
  return ['v=spf1', ...written, ...(redirected ? [] : [SPF_ALL[spf.all ?? 'fail']])].join(' ');
}

/** What the user has said of third parties, and nothing else. */
export function knownNames(known: SpfPolicy['known'] = {}): SpfNames {
  const of = (name: string) => (Object.hasOwn(known, name) ? known[name] : undefined);
  return {
    txt: name => (typeof of(name) === 'string' ? [of(name) as string] : undefined),
    stated: name => (typeof of(name) === 'number' ? (of(name) as number) : undefined),
    addresses: () => undefined,
    exchangers: () => undefined,
  };
}

/** @throws SPF_TERM, SPF_PASS_ALL, and the errors of {@link Check} */
export function checkSpf(scope: IConstruct, spf: SpfPolicy): void {
  const check = new Check(scope);
  check.known(spf, ['mechanisms', 'include', 'all', 'known', 'flatten']);
  if ((spf.all as string) === 'pass') throw passAll(scope, 'all');
  if (spf.all !== undefined) check.choice('all', spf.all, ['fail', 'softfail', 'neutral']);
  if (spf.flatten !== undefined) check.boolean('flatten', spf.flatten);
  for (const domain of check.list('include', spf.include ?? ['example.org'], "'_spf.example.org'")) {
    check.text(
      'include',
      domain,
      /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?\.[a-z0-9-]*[a-z][a-z0-9-]*$/,
      'a domain name in lower case',
      '_spf.example.org',
    );
  }
  for (const text of check.list('mechanisms', spf.mechanisms ?? ['mx'], "'mx'")) checkMechanism(scope, text);
  for (const [domain, record] of Object.entries(spf.known ?? {})) checkKnown(scope, check, domain, record);
  if (spf.all === 'softfail' || spf.all === 'neutral') {
    const reads = spf.all === 'softfail' ? 'accept it and mark it' : 'treat it as if there were no SPF';
    warn(
      scope,
      'SPF_SOFT',
      `mail from anybody else gets ${SPF_ALL[spf.all]}: receivers ${reads}`,
      "write all: 'fail' when the reports show no sender that is missing",
    );
  }
}

function checkMechanism(scope: IConstruct, text: string): void {
  const { terms, problem } = parseSpf(`v=spf1 ${text}`);
  const [term] = terms;
  if (problem !== undefined || terms.length !== 1 || term === undefined) {
    throw new ConfigError(
      scope,
      'SPF_TERM',
      `mechanisms has ${JSON.stringify(text)}, which receivers refuse: ${problem ?? 'it is not one term'}`,
      {
        fix: 'write one mechanism in each, like ip4:198.51.100.0/24',
        see: 'RFC 7208 section 5',
      },
    );
  }
  if (term.kind === 'all' && term.qualifier === '+') throw passAll(scope, text);
  if (term.kind === 'all') {
    throw new ConfigError(scope, 'SPF_TERM', `mechanisms ends the record with ${text}, and all is a property`, {
      fix: "write all: 'fail'",
    });
  }
  if (term.kind === 'ptr') {
    warn(
      scope,
      'SPF_PTR',
      `${text} makes each receiver ask for names of the client, and many do not`,
      'write ip4 and ip6, see RFC 7208 section 5.5',
    );
  }
}

function checkKnown(scope: IConstruct, check: Check, domain: string, record: string | number): void {
  if (typeof record === 'number') {
    check.integer(`known['${domain}']`, record, 0, 100, 'look-ups');
    return;
  }
  const problem = isSpf(String(record)) ? parseSpf(record).problem : 'it does not begin with v=spf1';
  if (problem !== undefined) {
    throw new ConfigError(scope, 'SPF_KNOWN', `known['${domain}'] is no SPF record: ${problem}`, {
      got: record,
      fix: `copy what dig TXT ${domain} answers`,
    });
  }
}

function passAll(scope: IConstruct, text: string): ConfigError {
  return new ConfigError(
    scope,
    'SPF_PASS_ALL',
    `${text === 'all' ? "all: 'pass'" : text} lets everybody in the world send for the domain`,
    {
      fix: "write all: 'fail', and name who sends in mechanisms or include",
      see: 'RFC 7208 section 5.1',
    },
  );
}
