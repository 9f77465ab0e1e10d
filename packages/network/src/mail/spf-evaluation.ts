import ipaddr from 'ipaddr.js';
import { expandMacros, type SpfQuery } from './spf-macro';
import type { SpfNames } from './spf-names';
import { effectiveTerms, isSpf, parseSpf, type SpfQualifier, type SpfTerm } from './spf-record';

/** What a receiver concludes. `temperror`: something would have to be asked that is not known here. @see RFC 7208 section 2.6 */
export type SpfResult = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'permerror' | 'temperror';

export interface SpfVerdict {
  readonly result: SpfResult;
  /** Look-ups until the result stood. */
  readonly lookups: number;
  /** Those that had no answer. */
  readonly voids: number;
  /** The term of the domain's own record that decided. */
  readonly term?: string;
  /** Why there is no decision. */
  readonly problem?: string;
}

/** At most so many look-ups, look-ups without an answer, and names of one `mx` or `ptr`. @see RFC 7208 section 4.6.4 */
export const SPF_LIMITS = { lookups: 10, voids: 2, names: 10 } as const;

/** Whether a client may send for a domain: `check_host()` of RFC 7208 section 4. */
export function checkHost(domain: string, query: SpfQuery, names: SpfNames): SpfVerdict {
  const evaluation = new SpfEvaluation(query, names);
  const decided = evaluation.run(domain);
  return { ...decided, lookups: evaluation.lookups, voids: evaluation.voids };
}

const RESULTS: Readonly<Record<SpfQualifier, SpfResult>> = { '+': 'pass', '-': 'fail', '~': 'softfail', '?': 'neutral' };

/** Ends an evaluation from any depth of includes. */
class Undecided extends Error {
  constructor(
    public readonly result: 'permerror' | 'temperror',
    message: string,
  ) {
    super(message);
  }
}

class SpfEvaluation {
  public lookups = 0;
  public voids = 0;
  private readonly address: ipaddr.IPv4 | ipaddr.IPv6;
  private readonly family: 4 | 6;

  constructor(
    private readonly query: SpfQuery,
    private readonly names: SpfNames,
  ) {
    this.address = ipaddr.process(query.ip);
    this.family = this.address.kind() === 'ipv4' ? 4 : 6;
  }

  public run(domain: string): Pick<SpfVerdict, 'result' | 'term' | 'problem'> {
    try {
      return this.of(domain);
    } catch (error) {
      if (!(error instanceof Undecided)) throw error;
      return { result: error.result, problem: error.message };
    }
  }

  private of(domain: string): { result: SpfResult; term?: string } {
    const records = this.known(this.names.txt(domain), `the SPF record of ${domain}`).filter(isSpf);
    if (records.length === 0) return { result: 'none' };
    if (records.length > 1) throw new Undecided('permerror', `${domain} has ${records.length} SPF records`);
    const record = parseSpf(records[0] as string);
    if (record.problem !== undefined) throw new Undecided('permerror', record.problem);
    for (const term of effectiveTerms(record)) {
      if (term.kind === 'redirect') return { ...this.redirect(term, domain), term: term.text };
      if (this.matches(term, domain)) return { result: RESULTS[term.qualifier], term: term.text };
    }
    return { result: 'neutral' };
  }

  private redirect(term: SpfTerm, domain: string): { result: SpfResult } {
    this.count(term);
    const target = this.target(term, domain);
    const { result } = this.of(target);
    if (result === 'none') throw new Undecided('permerror', `${target} has no SPF record`);
    return { result };
  }

  private matches(term: SpfTerm, domain: string): boolean {
    switch (term.kind) {
      case 'all':
        return true;
      case 'ip4':
      case 'ip6':
        return this.inNetwork(term.ip as string, term);
      case 'include':
        return this.included(term, domain);
      case 'a':
        this.count(term);
        return this.inAny(this.addresses(this.target(term, domain), true), term);
      case 'mx':
        return this.exchanger(term, domain);
      case 'exists': {
        this.count(term);
        const target = this.target(term, domain);
        const found = this.known(this.names.addresses(target, 4), `the addresses of ${target}`);
        this.countVoid(found, target);
        return found.length > 0;
      }
      default:
        throw new Undecided('temperror', `${term.text} asks for the name of the client`);
    }
  }

  private included(term: SpfTerm, domain: string): boolean {
    this.count(term);
    const target = this.target(term, domain);
    const { result } = this.of(target);
    if (result === 'none') throw new Undecided('permerror', `${target} has no SPF record`);
    return result === 'pass';
  }

  private exchanger(term: SpfTerm, domain: string): boolean {
    this.count(term);
    const target = this.target(term, domain);
    const exchangers = this.known(this.names.exchangers(target), `the MX records of ${target}`);
    this.countVoid(exchangers, target);
    if (exchangers.length > SPF_LIMITS.names) {
      throw new Undecided('permerror', `${term.text} stands for ${exchangers.length} servers, and receivers stop at ${SPF_LIMITS.names}`);
    }
    return exchangers.some(name => this.inAny(this.addresses(name, false), term));
  }

  private addresses(name: string, counted: boolean): readonly string[] {
    const found = this.known(this.names.addresses(name, this.family), `the addresses of ${name}`);
    if (counted) this.countVoid(found, name);
    return found;
  }

  private inAny(addresses: readonly string[], term: SpfTerm): boolean {
    return addresses.some(address => this.inNetwork(address, term));
  }

  private inNetwork(network: string, { prefix4, prefix6 }: SpfTerm): boolean {
    const parsed = ipaddr.parse(network);
    if (parsed.kind() !== this.address.kind()) return false;
    return this.address.match(parsed as never, this.family === 4 ? prefix4 : prefix6);
  }

  private target(term: SpfTerm, domain: string): string {
    const name = expandMacros(term.domain ?? '%{d}', domain, this.query);
    if (name === undefined) throw new Undecided('temperror', `${term.text} has a macro that is known to the receiver only`);
    return name.replace(/\.$/, '').toLowerCase();
  }

  private known<T>(answer: readonly T[] | undefined, what: string): readonly T[] {
    if (answer === undefined) throw new Undecided('temperror', `${what} ${what.startsWith('the SPF') ? 'is' : 'are'} not known here`);
    return answer;
  }

  private count(term: SpfTerm): void {
    if (++this.lookups > SPF_LIMITS.lookups) {
      throw new Undecided('permerror', `${term.text} would be look-up ${this.lookups}, and receivers stop at ${SPF_LIMITS.lookups}`);
    }
  }

  private countVoid(found: readonly unknown[], name: string): void {
    if (found.length > 0) return;
    if (++this.voids > SPF_LIMITS.voids) {
      throw new Undecided(
        'permerror',
        `${name} would be look-up ${this.voids} without an answer, and receivers stop at ${SPF_LIMITS.voids}`,
      );
    }
  }
}
