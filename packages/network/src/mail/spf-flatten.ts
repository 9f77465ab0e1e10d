import type { SpfNames } from './spf-names';
import { isSpf, parseSpf, type SpfTerm } from './spf-record';

/**
 * The terms with every `include` whose record is known, and holds addresses alone, replaced by those addresses. An include that asks
 * for anything else stays: what it stands for changes without notice.
 */
export function flattened(terms: readonly SpfTerm[], names: SpfNames): string[] {
  return [
    ...new Set(terms.flatMap(term => (term.kind === 'include' && term.qualifier === '+' && networks(term, names, [])) || [term.text])),
  ];
}

function networks(include: SpfTerm, names: SpfNames, path: readonly string[]): string[] | undefined {
  const target = (include.domain as string).replace(/\.$/, '').toLowerCase();
  const records = path.includes(target) ? [] : (names.txt(target) ?? []).filter(isSpf);
  if (records.length !== 1) return undefined;
  const record = parseSpf(records[0] as string);
  if (record.problem !== undefined) return undefined;
  const found: string[] = [];
  for (const term of record.terms) {
    if (term.kind === 'all') return term.qualifier === '+' ? undefined : found;
    if (term.kind === 'exp' || term.kind === 'other') continue;
    if (term.qualifier !== '+') return undefined;
    const inner = term.kind === 'include' || term.kind === 'redirect' ? networks(term, names, [...path, target]) : own(term);
    if (inner === undefined) return undefined;
    found.push(...inner);
  }
  return found;
}

function own(term: SpfTerm): string[] | undefined {
  return term.kind === 'ip4' || term.kind === 'ip6' ? [term.text.replace(/^\+/, '')] : undefined;
}
