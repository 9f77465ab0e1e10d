import type { FilterRule, Match, RuleChain } from './rule-chain';
import { intersect } from './space/interval-set';

/** What is in both matches; undefined when no packet is. */
export function meet(a: Match, b: Match): Match | undefined {
  if (a.family !== undefined && b.family !== undefined && a.family !== b.family) return undefined;
  const family = a.family ?? b.family;
  const protocols =
    a.protocols && b.protocols ? a.protocols.filter(protocol => b.protocols?.includes(protocol)) : (a.protocols ?? b.protocols);
  if (protocols?.length === 0) return undefined;
  const met: { [key in 'source' | 'destination' | 'ports']?: Match[key] } = {};
  for (const key of ['source', 'destination', 'ports'] as const) {
    const [one, other] = [a[key], b[key]];
    const set = one && other ? intersect(one, other) : (one ?? other);
    if (set?.length === 0) return undefined;
    if (set) met[key] = set;
  }
  return { ...(family && { family }), ...met, ...(protocols && { protocols }) };
}

/**
 * The chain that accepts what both chains accept, for a packet that passes two filters one after the other.
 *
 * Rules of the first are repeated for each rule of the second that accepts, so that the second should be the short one.
 */
export function product(first: RuleChain, second: RuleChain): RuleChain {
  if (second.rules.length === 0 && second.otherwise === 'accept') return first;
  const within = (limit: Match): FilterRule[] => {
    const rules = first.rules.flatMap(rule => {
      const match = meet(rule.match, limit);
      return match ? [{ ...rule, match }] : [];
    });
    return [...rules, { match: limit, action: first.otherwise, name: first.name }];
  };
  return {
    name: first.name,
    rules: [
      ...second.rules.flatMap(rule => (rule.action === 'drop' ? [rule] : within(rule.match))),
      ...(second.otherwise === 'accept' ? first.rules : []),
    ],
    otherwise: second.otherwise === 'accept' ? first.otherwise : 'drop',
  };
}
