import ipaddr from 'ipaddr.js';

/** What a mechanism says about an address that it matches. */
export type SpfQualifier = '+' | '-' | '~' | '?';

/** One term of a record. */
export interface SpfTerm {
  /** As it is written. */
  readonly text: string;
  readonly kind: 'all' | 'include' | 'a' | 'mx' | 'ptr' | 'ip4' | 'ip6' | 'exists' | 'redirect' | 'exp' | 'other';
  readonly qualifier: SpfQualifier;
  /** Name that is looked up, macros not yet expanded; undefined stands for the domain itself. */
  readonly domain?: string;
  /** Network of `ip4` and `ip6`. */
  readonly ip?: string;
  /** Length of prefix for IPv4 and for IPv6 addresses. */
  readonly prefix4: number;
  readonly prefix6: number;
}

/** A record, term by term; `problem` says why receivers would refuse it. @see RFC 7208 section 4.6 */
export interface SpfRecord {
  readonly terms: readonly SpfTerm[];
  readonly problem?: string;
}

/** Terms for which receivers ask DNS. @see RFC 7208 section 4.6.4 */
export const SPF_LOOKUP_KINDS: readonly SpfTerm['kind'][] = ['include', 'a', 'mx', 'ptr', 'exists', 'redirect'];

export function isSpf(text: string): boolean {
  return /^v=spf1( |$)/i.test(text);
}

/** Reads the text of a TXT record that begins with `v=spf1`. */
export function parseSpf(text: string): SpfRecord {
  if (!isSpf(text)) return { terms: [], problem: 'it does not begin with v=spf1' };
  const odd = /[^ -~]/.exec(text);
  if (odd) return { terms: [], problem: 'it has a character outside ASCII' };
  const terms: SpfTerm[] = [];
  for (const word of text.split(' ').slice(1)) {
    if (word === '') continue;
    const term = parseTerm(word);
    if (typeof term === 'string') return { terms, problem: `${word}: ${term}` };
    const once = term.kind === 'redirect' || term.kind === 'exp';
    if (once && terms.some(({ kind }) => kind === term.kind)) return { terms, problem: `${word}: ${term.kind} stands twice` };
    terms.push(term);
  }
  return { terms };
}

/** The terms that are ever asked: nothing after `all`, and no `redirect` beside it. */
export function effectiveTerms({ terms }: SpfRecord): SpfTerm[] {
  const mechanisms = terms.filter(({ kind }) => kind !== 'redirect' && kind !== 'exp' && kind !== 'other');
  const all = mechanisms.findIndex(({ kind }) => kind === 'all');
  if (all !== -1) return mechanisms.slice(0, all + 1);
  return [...mechanisms, ...terms.filter(({ kind }) => kind === 'redirect')];
}

function parseTerm(text: string): SpfTerm | string {
  const modifier = /^([a-z][a-z0-9._-]*)=(.*)$/i.exec(text);
  if (modifier) {
    const [, name = '', domain = ''] = modifier;
    const kind = /^(redirect|exp)$/i.test(name) ? (name.toLowerCase() as 'redirect' | 'exp') : 'other';
    if (!MACRO_STRING.test(domain)) return 'has a macro that is none';
    if (kind !== 'other' && !isDomainSpec(domain)) return 'needs a domain name';
    return { text, kind, qualifier: '+', domain, prefix4: 32, prefix6: 128 };
  }
  const [, sign = '', name = '', rest = ''] = /^([+?~-]?)([a-z0-9]*)(.*)$/i.exec(text) as RegExpExecArray;
  const kind = name.toLowerCase();
  const qualifier = (sign || '+') as SpfQualifier;
  const base = { text, qualifier, prefix4: 32, prefix6: 128 };
  switch (kind) {
    case 'all':
      return rest === '' ? { ...base, kind } : 'takes nothing';
    case 'include':
    case 'exists':
      if (!rest.startsWith(':') || !isDomainSpec(rest.slice(1))) return 'needs a domain name';
      return { ...base, kind, domain: rest.slice(1) };
    case 'ptr':
      if (rest !== '' && !(rest.startsWith(':') && isDomainSpec(rest.slice(1)))) return 'takes a domain name, or nothing';
      return { ...base, kind, ...(rest && { domain: rest.slice(1) }) };
    case 'a':
    case 'mx':
      return parseHosts({ ...base, kind }, rest);
    case 'ip4':
    case 'ip6':
      return parseNetwork({ ...base, kind }, rest);
    default:
      return 'is no mechanism of SPF';
  }
}

/** `[":" domain-spec] ["/" length4] ["//" length6]` */
function parseHosts(base: SpfTerm, rest: string): SpfTerm | string {
  const [, name = '', length4, length6] = /^(.*?)(?:\/(\d+))?(?:\/\/(\d+))?$/.exec(rest) as RegExpExecArray;
  if (name !== '' && !(name.startsWith(':') && isDomainSpec(name.slice(1)))) return 'takes a domain name, or nothing';
  const prefix4 = prefix(length4, 32);
  const prefix6 = prefix(length6, 128);
  if (prefix4 === undefined || prefix6 === undefined) return 'has a length of prefix that is none';
  return { ...base, ...(name && { domain: name.slice(1) }), prefix4, prefix6 };
}

function parseNetwork(base: SpfTerm, rest: string): SpfTerm | string {
  const [, ip = '', length] = /^:([^/]*)(?:\/(\d+))?$/.exec(rest) ?? [];
  const four = base.kind === 'ip4';
  const valid = four ? ipaddr.IPv4.isValidFourPartDecimal(ip) : ip.includes(':') && ipaddr.IPv6.isValid(ip) && !ip.includes('%');
  if (!valid) return `needs an IPv${four ? 4 : 6} address`;
  const bits = prefix(length, four ? 32 : 128);
  if (bits === undefined) return 'has a length of prefix that is none';
  return { ...base, ip, ...(four ? { prefix4: bits } : { prefix6: bits }) };
}

function prefix(length: string | undefined, bits: number): number | undefined {
  if (length === undefined) return bits;
  return /^(0|[1-9]\d*)$/.test(length) && Number(length) <= bits ? Number(length) : undefined;
}

const MACRO = String.raw`%\{[slodiphcrtv]\d*r?[.\-+,/_=]*\}|%%|%_|%-`;
const MACRO_STRING = new RegExp(`^(?:${MACRO}|[!-$&-~])*$`, 'i');
/** Ends in a macro, or in a dot and a label with a letter or an inner dash in it. */
const DOMAIN_END = new RegExp(String.raw`(?:${MACRO}|\.(?:[a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+-[a-z0-9-]*[a-z0-9])\.?)$`, 'i');

function isDomainSpec(text: string): boolean {
  return MACRO_STRING.test(text) && DOMAIN_END.test(text);
}
