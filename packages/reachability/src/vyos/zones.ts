import type { FilterRule, RuleChain } from '../rule-chain';
import { FAMILIES, type Family } from '../space/address-text';
import { type RuleSet, RuleSets } from './rule-sets';
import type { Statement } from './statement';

/** The leaf that names a rule set, by family. */
const NAME: Readonly<Record<Family, string>> = { 4: 'name', 6: 'ipv6-name' };

/**
 * `firewall zone`: which rule set decides between two interfaces.
 * @see https://docs.vyos.io/en/latest/configuration/firewall/zone.html
 */
export class Zones {
  private readonly sets: RuleSets;
  private readonly byInterface = new Map<string, Statement>();
  private readonly local?: Statement;
  private readonly statePasses: boolean;
  private readonly froms = new Map<Statement, ReadonlyMap<string | undefined, Statement>>();
  private readonly chains = new Map<string, RuleChain>();
  private readonly pings: boolean;

  constructor(
    private readonly file: string,
    root: Statement,
  ) {
    this.sets = new RuleSets(file, root);
    for (const firewall of root.all('firewall')) {
      firewall.knows(['zone', 'ipv4', 'ipv6', 'group', 'global-options']);
      for (const family of FAMILIES) for (const block of firewall.all(`ipv${family}`)) refuseBaseChains(block);
    }
    const zones = root.below('firewall', 'zone');
    for (const zone of zones) {
      zone.knows(['interface', 'from', 'default-action', 'local-zone', 'intra-zone-filtering'], ['default-log', 'description']);
      for (const leaf of zone.all('interface')) {
        const name = leaf.value ?? leaf.refuse('name the interface');
        if (this.byInterface.has(name)) leaf.refuse('put each interface into one zone');
        this.byInterface.set(name, zone);
      }
    }
    this.local = zones.find(zone => zone.has('local-zone'));
    const [options] = root.below('firewall', 'global-options');
    options?.one('apply-to-bridged-traffic')?.refuse();
    const established = options?.one('state-policy')?.one('established')?.one('action');
    if (established && established.value !== 'accept') established.refuse('let answers pass: write accept');
    this.statePasses = established !== undefined;
    this.pings = options?.text('all-ping') !== 'disable';
  }

  /** Refuses an interface that is in no zone, where there are zones: what passes to it depends on the version. */
  public refuseUnzoned(interfaces: readonly Statement[]): void {
    if (this.byInterface.size === 0) return;
    for (const statement of interfaces) statement.refuse('put it into a zone');
  }

  public zoneOf(name: string): Statement | undefined {
    return this.byInterface.get(name);
  }

  public forward(arrives: string, leaves: string): RuleChain {
    const from = this.byInterface.get(arrives);
    const to = this.byInterface.get(leaves);
    return this.between(from, to);
  }

  public localFrom(arrives: string): RuleChain {
    const chain = this.between(this.byInterface.get(arrives), this.local);
    if (this.pings) return chain;
    const mute: FilterRule = {
      match: { family: 4, protocols: ['icmp'], ports: [{ first: 8n, last: 8n }] },
      action: 'drop',
      name: `${this.file}: global-options all-ping`,
    };
    return { ...chain, rules: [mute, ...chain.rules] };
  }

  private between(from: Statement | undefined, to: Statement | undefined): RuleChain {
    const key = `${from?.value}\0${to?.value}`;
    const known = this.chains.get(key);
    if (known) return known;
    const chain = this.chainOf(from, to);
    this.chains.set(key, chain);
    return chain;
  }

  private chainOf(from: Statement | undefined, to: Statement | undefined): RuleChain {
    const name = `${this.file}: zone ${to?.value} from ${from?.value}`;
    // Where there is no zone at all, or none for the router itself, nothing is filtered.
    if (!from || !to) return { name: `${this.file}: no firewall`, rules: [], otherwise: 'accept' };
    if (from !== to && !this.fromsOf(to).has(from.value)) return { name, rules: [], otherwise: 'drop' };
    const rules = FAMILIES.flatMap(family => {
      const answers = this.statePasses || this.decides(to, from, family).answers;
      const set = this.decides(from, to, family);
      if (!answers) return [{ match: { family }, action: 'drop' as const, name: `${name}: answers are dropped on their way back` }];
      const all: FilterRule = { match: { family }, action: set.otherwise, name: set.name };
      return [...set.rules, ...(set.otherwise === 'accept' ? [all] : [])];
    });
    return { name, rules, otherwise: 'drop' };
  }

  private fromsOf(zone: Statement): ReadonlyMap<string | undefined, Statement> {
    const known = this.froms.get(zone) ?? new Map(zone.all('from').map(from => [from.value, from]));
    this.froms.set(zone, known);
    return known;
  }

  private decides(from: Statement, to: Statement, family: Family): RuleSet {
    const base = { name: `${this.file}: zone ${to.value} from ${from.value}`, rules: [] };
    const drops: RuleSet = { ...base, otherwise: 'drop', answers: false };
    const passes: RuleSet = { ...base, otherwise: 'accept', answers: true };
    if (from === to) {
      const within = to.one('intra-zone-filtering');
      if (!within) return passes;
      const reference = within.one('firewall')?.one(NAME[family]);
      if (reference) return this.sets.of(reference, family);
      const action = within.one('action');
      if (!action) return drops;
      return { accept: passes, drop: drops }[action.value ?? ''] ?? action.refuse('write accept or drop');
    }
    const reference = this.fromsOf(to).get(from.value)?.one('firewall')?.one(NAME[family]);
    return reference ? this.sets.of(reference, family) : drops;
  }
}

/** `forward`, `input` and `output` are judged as long as they leave all to the zones. */
function refuseBaseChains(block: Statement): void {
  block.knows(['name', 'forward', 'input', 'output']);
  for (const base of ['forward', 'input', 'output'].flatMap(name => block.below(name, 'filter'))) {
    base.knows(['default-action'], ['description', 'default-log']);
    const action = base.one('default-action');
    if (action && action.value !== 'accept') action.refuse('filter by zones');
  }
}
