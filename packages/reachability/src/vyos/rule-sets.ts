import type { FilterRule } from '../rule-chain';
import type { Family } from '../space/address-text';
import { CRITERIA, criteriaOf } from './criteria';
import { FirewallGroups } from './firewall-groups';
import type { Statement } from './statement';

/** What a rule set decides about packets that open a connection, and about those that answer one. */
export interface RuleSet {
  readonly name: string;
  /** Of one family, for new connections. */
  readonly rules: readonly FilterRule[];
  readonly otherwise: 'accept' | 'drop';
  /** Whether it lets answers through, without the help of the state policy. */
  readonly answers: boolean;
}

const ACTIONS: Readonly<Record<string, 'accept' | 'drop'>> = { accept: 'accept', drop: 'drop', reject: 'drop' };

/** `firewall ipv4 name X` and `firewall ipv6 name X`, by name. */
export class RuleSets {
  private readonly groups: FirewallGroups;
  private readonly read = new Map<string, RuleSet>();
  private readonly statements: Readonly<Record<Family, ReadonlyMap<string | undefined, Statement>>>;

  constructor(
    private readonly file: string,
    root: Statement,
  ) {
    this.groups = new FirewallGroups(root);
    const named = (family: Family) => new Map(root.below('firewall', `ipv${family}`, 'name').map(set => [set.value, set]));
    this.statements = { 4: named(4), 6: named(6) };
  }

  /** @param reference the statement that names it */
  public of(reference: Statement, family: Family): RuleSet {
    const key = `${family} ${reference.value}`;
    const known = this.read.get(key);
    if (known) return known;
    const statement = this.statements[family].get(reference.value);
    const set = statement ? this.parse(statement, family) : reference.refuse(`define firewall ipv${family} name ${reference.value}`);
    this.read.set(key, set);
    return set;
  }

  private parse(statement: Statement, family: Family): RuleSet {
    statement.knows(['default-action', 'rule'], ['default-log', 'description']);
    const name = `${this.file}: ipv${family} name ${statement.value}`;
    const rules = [...statement.all('rule')].sort((a, b) => Number(a.value) - Number(b.value)).filter(rule => !rule.has('disable'));
    const parsed = rules.map(rule => this.parseRule(rule, family, `${name} rule ${rule.value}`));
    const otherwise = statement.has('default-action') ? actionOf(statement, 'default-action') : 'drop';
    return {
      name,
      rules: parsed.filter(rule => rule.states === undefined || rule.states.includes('new')).flatMap(rule => rule.filters),
      otherwise,
      answers: passesAnswers(parsed, otherwise),
    };
  }

  private parseRule(rule: Statement, family: Family, name: string): ParsedRule {
    rule.knows(['action', 'state', 'disable', ...CRITERIA], ['description', 'log', 'log-options']);
    const action = actionOf(rule, 'action');
    const states = rule.has('state') ? rule.texts('state') : undefined;
    return { states, action, filters: criteriaOf(rule, family, this.groups).map(match => ({ match, action, name })) };
  }
}

interface ParsedRule {
  readonly states: readonly string[] | undefined;
  readonly action: 'accept' | 'drop';
  readonly filters: readonly FilterRule[];
}

/** Answers count as passing only where all of them do: a rule that drops some of them before breaks connections that it let begin. */
function passesAnswers(rules: readonly ParsedRule[], otherwise: 'accept' | 'drop'): boolean {
  for (const { states, action, filters } of rules) {
    if (states !== undefined && !states.includes('established')) continue;
    if (action === 'drop') return false;
    const everything = filters.some(({ match }) => Object.keys(match).every(key => key === 'family'));
    if (everything) return true;
  }
  return otherwise === 'accept';
}

function actionOf(statement: Statement, leaf: string): 'accept' | 'drop' {
  const action = statement.one(leaf) ?? statement.refuse(`give it an ${leaf}`);
  return ACTIONS[action.value ?? ''] ?? action.refuse('write accept, drop or reject');
}
