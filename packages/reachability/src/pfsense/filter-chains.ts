import type { Masquerade } from '../router';
import type { FilterRule, RuleChain } from '../rule-chain';
import type { PfSenseInterface } from './interfaces';
import type { UserRule } from './user-rule';
import type { Vocabulary } from './vocabulary';

/** What interfaces filter, as chains in which the first rule that matches decides. */
export class FilterChains {
  private readonly byInterface = new Map<string, Record<'in' | 'out', UserRule[]>>();
  private readonly translates: ReadonlySet<string>;

  constructor(
    private readonly file: string,
    rules: readonly UserRule[],
    words: Vocabulary,
    masquerades: readonly Masquerade[],
  ) {
    this.translates = new Set(masquerades.filter(masquerade => !masquerade.exempt).map(masquerade => masquerade.leaves));
    for (const { name } of words.interfaces) this.byInterface.set(name, { in: [], out: [] });
    for (const rule of inOrder(rules, words.groupNames)) {
      for (const { name } of rule.on === undefined ? words.interfaces : words.interfacesOf(rule.on)) {
        const sides = this.byInterface.get(name);
        if (rule.direction !== 'out') sides?.in.push(rule);
        if (rule.direction !== 'in') sides?.out.push(rule);
      }
    }
  }

  /** Rules about packets in a direction through an interface, in the order in which the first that matches decides. */
  public ordered(on: PfSenseInterface, direction: 'in' | 'out'): readonly UserRule[] {
    return this.byInterface.get(on.name)?.[direction] ?? [];
  }

  /** What it lets in: `before` and the rules of the user. */
  public incoming(on: PfSenseInterface, before: readonly FilterRule[]): RuleChain {
    return {
      name: `${this.file}: default deny on ${on.name}`,
      rules: [...before, ...this.ordered(on, 'in').flatMap(rule => rule.filters)],
      otherwise: 'drop',
    };
  }

  /** What it lets out: everything, unless a floating rule says otherwise. @throws REACH_UNJUDGED */
  public outgoing(on: PfSenseInterface): RuleChain {
    const rules = this.ordered(on, 'out');
    for (const rule of rules) {
      if (this.translates.has(on.name) && rule.filters.some(({ match }) => match.source)) {
        rule.element.refuse(`filter where packets arrive: the source that leaves ${on.name} is another one after outbound NAT`);
      }
    }
    return { name: `${this.file}: let out on ${on.name}`, rules: rules.flatMap(rule => rule.filters), otherwise: 'accept' };
  }
}

/** Floating rules, those of groups, those of interfaces; last the floating ones that are not quick, of which the last decides. */
function inOrder(rules: readonly UserRule[], groups: readonly string[]): readonly UserRule[] {
  const floating = rules.filter(rule => rule.isFloating);
  const fixed = rules.filter(rule => !rule.isFloating);
  return [
    ...floating.filter(rule => rule.isQuick),
    ...groups.flatMap(group => fixed.filter(rule => rule.on === group)),
    ...fixed.filter(rule => !groups.includes(rule.on as string)),
    ...floating.filter(rule => !rule.isQuick).reverse(),
  ];
}
