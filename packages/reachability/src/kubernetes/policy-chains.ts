import type { FilterRule, Match, RuleChain } from '../rule-chain';
import { FAMILIES } from '../space/address-text';
import { type Pod, portsNamed } from './pod';
import type { Direction, Policy, PolicyRule, PortSpec } from './policy';

/** What all policies of a pod say in one direction. */
interface Combined {
  /** Denials first. */
  readonly rules: readonly PolicyRule[];
  readonly isolates: boolean;
}

/** The policies of a cluster as chains of rules. */
export class PolicyChains {
  private readonly selected = new Map<Pod, Readonly<Record<Direction, Combined>>>();

  constructor(private readonly policies: readonly Policy[]) {}

  /**
   * What the policies of a pod let through in a direction, with a pod or with addresses outside the cluster at the other end.
   *
   * A pod that no policy isolates in a direction lets everything through there but what is denied; what one policy allows no other takes
   * away, except by denying it.
   */
  public chain(name: string, direction: Direction, pod: Pod, peer: Pod | 'outside'): RuleChain {
    const { rules, isolates } = this.of(pod)[direction];
    return { name, rules: rules.flatMap(rule => filtersOf(rule, direction, pod, peer)), otherwise: isolates ? 'drop' : 'accept' };
  }

  private of(pod: Pod): Readonly<Record<Direction, Combined>> {
    const known = this.selected.get(pod);
    if (known) return known;
    const own = this.policies.filter(policy => policy.selects(pod));
    const found = { ingress: combined(own, 'ingress'), egress: combined(own, 'egress') };
    this.selected.set(pod, found);
    return found;
  }
}

function combined(policies: readonly Policy[], direction: Direction): Combined {
  const own = policies.filter(policy => policy.direction === direction);
  const rules = own.flatMap(policy => policy.rules);
  const of = (action: FilterRule['action']) => rules.filter(rule => rule.action === action);
  return { rules: [...of('drop'), ...of('accept')], isolates: own.some(policy => policy.isolates) };
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
