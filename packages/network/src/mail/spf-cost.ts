import type { SpfNames } from './spf-names';
import { effectiveTerms, isSpf, parseSpf, SPF_LOOKUP_KINDS, type SpfTerm } from './spf-record';

/** What one term costs receivers at most, everything behind it included. */
export interface SpfTermCost {
  readonly term: string;
  /** Look-ups. */
  readonly lookups: number;
}

/** What a whole record costs receivers at most: when no term matches, all are asked. */
export interface SpfCost {
  readonly lookups: number;
  /** The terms of the record itself that cost something. */
  readonly terms: readonly SpfTermCost[];
  /** Names of which it is known that they have no answer. */
  readonly voids: readonly string[];
  /** Names of third parties of whose records nothing is known, each counted as one look-up. */
  readonly unknown: readonly string[];
  /** Terms behind which receivers find what they refuse, with the reason. */
  readonly faults: readonly string[];
}

/** Counts the look-ups of a record. @see RFC 7208 section 4.6.4 */
export function spfCost(domain: string, text: string, names: SpfNames): SpfCost {
  const counter = new SpfCounter(names);
  const terms = effectiveTerms(parseSpf(text))
    .map(term => ({ term: term.text, lookups: counter.of(term, domain, [domain]) }))
    .filter(({ lookups }) => lookups > 0);
  const sorted = (set: ReadonlySet<string>) => [...set].sort();
  return {
    lookups: terms.reduce((sum, { lookups }) => sum + lookups, 0),
    terms,
    voids: counter.voids,
    unknown: sorted(counter.unknown),
    faults: sorted(counter.faults),
  };
}

class SpfCounter {
  public readonly voids: string[] = [];
  public readonly unknown = new Set<string>();
  public readonly faults = new Set<string>();

  constructor(private readonly names: SpfNames) {}

  public of(term: SpfTerm, domain: string, path: readonly string[]): number {
    if (!SPF_LOOKUP_KINDS.includes(term.kind)) return 0;
    const target = (term.domain ?? domain).replace(/\.$/, '').toLowerCase();
    if (target.includes('%')) return 1;
    if (term.kind === 'include' || term.kind === 'redirect') return 1 + this.behind(term, target, path);
    if (term.kind !== 'ptr') this.note(term, target);
    return 1;
  }

  private behind(term: SpfTerm, target: string, path: readonly string[]): number {
    if (path.includes(target)) {
      this.faults.add(`${term.text} leads back to ${target}`);
      return 0;
    }
    const texts = this.names.txt(target);
    if (texts === undefined) {
      const stated = this.names.stated(target);
      if (stated === undefined) this.unknown.add(target);
      return stated ?? 0;
    }
    const records = texts.filter(isSpf);
    if (records.length !== 1) {
      this.faults.add(`${term.text}: ${target} has ${records.length === 0 ? 'no SPF record' : `${records.length} SPF records`}`);
      return 0;
    }
    const record = parseSpf(records[0] as string);
    if (record.problem !== undefined) this.faults.add(`${term.text}: the record of ${target} is no SPF record, ${record.problem}`);
    return effectiveTerms(record).reduce((sum, inner) => sum + this.of(inner, target, [...path, target]), 0);
  }

  /** A name without an answer is known to be one only where the whole zone is known. */
  private note(term: SpfTerm, target: string): void {
    const answers =
      term.kind === 'mx'
        ? [this.names.exchangers(target)]
        : term.kind === 'a'
          ? [this.names.addresses(target, 4), this.names.addresses(target, 6)]
          : [this.names.addresses(target, 4)];
    if (answers.every(answer => answer !== undefined && answer.length === 0)) this.voids.push(target);
  }
}
