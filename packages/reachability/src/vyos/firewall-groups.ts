import type { Interval, IntervalSet } from '../rule-chain';
import { type Family, parseRange } from '../space/address-text';
import { setOf } from '../space/interval-set';
import { parsePorts } from '../space/ports';
import type { Statement } from './statement';

/** Kind of group, by the name of its block; the leaf that has its members. */
const MEMBERS: Readonly<Record<string, string>> = {
  'address-group': 'address',
  'network-group': 'network',
  'ipv6-address-group': 'address',
  'ipv6-network-group': 'network',
  'port-group': 'port',
};

/** `firewall group`: named sets of addresses and ports, which may include each other. */
export class FirewallGroups {
  private readonly known = new Map<string, IntervalSet>();
  private readonly statements: ReadonlyMap<string, Statement>;

  constructor(root: Statement) {
    const groups = root.below('firewall', 'group').flatMap(block => block.children);
    this.statements = new Map(groups.map(group => [`${group.name} ${group.value}`, group]));
  }

  /**
   * What a reference such as `source group network-group X` means; `!X` is everything else.
   * @param universe everything there is, of the kind that the group holds
   * @throws REACH_UNJUDGED for a group that does not exist, and for kinds whose members only the device knows
   */
  public of(reference: Statement, family: Family, universe: IntervalSet): { readonly set: IntervalSet; readonly negated: boolean } {
    const kind = kindOf(reference, family);
    const negated = reference.value?.startsWith('!') ?? false;
    const name = reference.value?.replace(/^!/, '') ?? reference.refuse('name the group');
    return { set: this.members(reference, kind, name, family, universe, []), negated };
  }

  private members(at: Statement, kind: string, name: string, family: Family, universe: IntervalSet, above: readonly string[]): IntervalSet {
    const key = `${kind} ${name}`;
    const known = this.known.get(key);
    if (known) return known;
    if (above.includes(name)) at.refuse('let no group include itself');
    const group = this.statements.get(key);
    if (!group) return at.refuse(`define firewall group ${kind} ${name}`);
    const member = MEMBERS[kind] as string;
    group.knows([member, 'include'], ['description']);
    const own = group.all(member).flatMap(leaf => [...intervalsOf(leaf, kind, family)]);
    const included = group.all('include').map(leaf => {
      return this.members(leaf, kind, leaf.value ?? leaf.refuse(), family, universe, [...above, name]);
    });
    const set = setOf([...own, ...included.flat()]);
    this.known.set(key, set);
    return set;
  }
}

/** In `firewall ipv6` rules, `address-group` means one of `ipv6-address-group`. */
function kindOf(reference: Statement, family: Family): string {
  const kind = family === 6 && /^(address|network)-group$/.test(reference.name) ? `ipv6-${reference.name}` : reference.name;
  return kind in MEMBERS ? kind : reference.refuse('write the addresses');
}

function intervalsOf(leaf: Statement, kind: string, family: Family): readonly Interval[] {
  if (kind === 'port-group') return parsePorts(leaf.value ?? '') ?? leaf.refuse('write a port from 1 to 65535, or a range');
  const range = parseRange(leaf.value ?? '');
  return range?.family === family ? [range.interval] : leaf.refuse(`write an IPv${family} address, range or prefix`);
}
