import type { FilterRule, Match, RuleChain } from '../rule-chain';
import { FAMILIES } from '../space/address-text';
import { type Pod, portsNamed } from './pod';
import type { Direction, Policy, PolicyRule, PortSpec } from './policy';

/** The policies of a cluster as chains of rules. */
export class PolicyChains {
  private readonly selected = new Map<Pod, readonly Policy[]>();

  constructor(private readonly policies: readonly Policy[]) {}

  /**
   * What the policies of a pod let through in a direction, with a pod or with addresses outside the cluster at the other end.
   *
   * A pod that no policy isolates in a direction lets everything through there but what is denied; what one policy allows no other takes
   * away, except by denying it.
   */
  public chain(name: string, direction: Direction, pod: Pod, peer: Pod | 'outside'): RuleChain {
    const own = this.of(pod).filter(policy => policy.direction === direction);
    const rules = own.flatMap(policy => policy.rules);
    const filters = (action: FilterRule['action']) =>
      rules.filter(rule => rule.action === action).flatMap(rule => filtersOf(rule, direction, pod, peer));
    return {
      name,
      rules: [...filters('drop'), ...filters('accept')],
      otherwise: own.some(policy => policy.isolates) ? 'drop' : 'accept',
    };
  }

  private of(pod: Pod): readonly Policy[] {
    const known = this.selected.get(pod) ?? this.policies.filter(policy => policy.selects(pod));
    this.selected.set(pod, known);
    return known;
  }
}

function filtersOf(rule: PolicyRule, direction: Direction, pod: Pod, peer: Pod | 'outside'): FilterRule[] {
  const ends = peer === 'outside' ? outsideOf(rule, direction) : rule.pods(peer) ? [{}] : [];
  if (ends.length === 0) return [];
  const target = direction === 'ingress' ? pod : peer;
  const ports: readonly Match[] = rule.ports?.flatMap(spec => matchesOf(spec, rule, target)) ?? [{}];
  return ends.flatMap(end =>
    ports
      .filter(port => port.family === undefined || end.family === undefined || port.family === end.family)
      .map(port => ({ match: { ...end, ...port }, action: rule.action, name: rule.name })),
  );
}

function outsideOf({ outside }: PolicyRule, direction: Direction): Match[] {
  if (outside === undefined) return [{}];
  const side = direction === 'ingress' ? 'source' : 'destination';
  return FAMILIES.filter(family => outside[family].length > 0).map(family => ({ family, [side]: outside[family] }));
}

function matchesOf({ protocols, ports, family }: PortSpec, rule: PolicyRule, target: Pod | 'outside'): Match[] {
  if (typeof ports !== 'string') return [{ protocols, ...(family && { family }), ...(ports && { ports }) }];
  const named = target === 'outside' ? undefined : portsNamed(target, ports, protocols);
  if (!named) return rule.manifest.refuse(`port "${ports}"`, 'write its number: no manifest says what the name stands for there');
  return [...named].map(([protocol, numbers]) => ({ protocols: [protocol], ports: numbers }));
}
