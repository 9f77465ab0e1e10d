import type { IntervalSet } from '../rule-chain';
import { type Family, parseRange } from '../space/address-text';
import { NOTHING, setOf, subtract, unite } from '../space/interval-set';
import type { Block } from './block';
import type { Workspace } from './workspace';

export const ALIAS = 'proxmox_virtual_environment_firewall_alias';
export const IP_SET = 'proxmox_virtual_environment_firewall_ipset';

/** Addresses by family; undefined for a family that what was written cannot be of. */
export type Addresses = Readonly<Record<Family, IntervalSet | undefined>>;

/** The guest that a resource is about; empty for the whole cluster. */
export function guestOf(block: Block): string {
  return block.text('vm_id') || block.text('container_id');
}

/**
 * Aliases and sets of addresses, of the cluster and of guests.
 * @see https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html#pve_firewall_ip_aliases
 */
export class AddressNames {
  private readonly aliases: readonly Block[];
  private readonly sets: readonly Block[];

  constructor(workspace: Workspace) {
    this.aliases = workspace.all(ALIAS).map(alias => alias.knows('name cidr comment node_name vm_id container_id'));
    this.sets = workspace.all(IP_SET).map(set => set.knows('name cidr comment node_name vm_id container_id'));
    for (const set of this.sets)
      if (/^ipfilter-|^blacklist$/i.test(set.text('name'))) set.refuse('name', 'use another name: it filters by itself');
  }

  /** What `source` or `dest` of a rule says: a name, a range, or a list in one family. @throws REACH_UNJUDGED */
  public addresses(rule: Block, argument: 'source' | 'dest', guest: string): Addresses {
    const written = rule.text(argument);
    if (written.startsWith('+')) {
      const set = this.named(this.sets, written.slice(1), guest) ?? rule.refuse(argument, 'name a set of addresses of the file');
      return { 4: this.members(set, 4), 6: this.members(set, 6) };
    }
    const alias = this.named(this.aliases, written, guest);
    if (alias) return one(rangeOf(alias, alias.text('cidr'), 'cidr'));
    const ranges = written.split(',').map(text => rangeOf(rule, text, argument));
    if (ranges.length > 1 && written.includes('-')) rule.refuse(argument, 'write a range alone, not in a list');
    if (new Set(ranges.map(range => range.family)).size > 1) rule.refuse(argument, 'keep IPv4 and IPv6 apart');
    return one({ family: ranges[0]?.family ?? 4, interval: ranges.flatMap(range => range.interval) });
  }

  /** The members of a set of the cluster. */
  public set(name: string): Readonly<Record<Family, IntervalSet>> | undefined {
    const set = this.named(this.sets, name, '');
    return set && { 4: this.members(set, 4), 6: this.members(set, 6) };
  }

  /** The addresses of an alias of the cluster. */
  public alias(name: string): Addresses | undefined {
    const alias = this.named(this.aliases, name, '');
    return alias && one(rangeOf(alias, alias.text('cidr'), 'cidr'));
  }

  /** Of two entries that an address is in, the longer prefix decides. */
  private members(set: Block, family: Family): IntervalSet {
    const entries = set
      .blocks('cidr')
      .map(entry => {
        const name = entry.knows('name comment nomatch').text('name');
        const alias = this.named(this.aliases, name, guestOf(set));
        return { ...rangeOf(alias ?? entry, alias ? alias.text('cidr') : name, alias ? 'cidr' : 'name'), no: entry.flag('nomatch', false) };
      })
      .filter(entry => entry.family === family)
      .sort((a, b) => (size(a) < size(b) ? -1 : size(a) > size(b) ? 1 : Number(a.no) - Number(b.no)));
    let members: IntervalSet = NOTHING;
    let decided: IntervalSet = NOTHING;
    for (const { interval, no } of entries) {
      const open = subtract(setOf(interval), decided);
      if (!no) members = unite(members, open);
      decided = unite(decided, open);
    }
    return members;
  }

  /** Of the guest before that of the cluster, unless the name says which. */
  private named(blocks: readonly Block[], written: string, guest: string): Block | undefined {
    const [, scope, name = ''] = /^(dc\/|guest\/)?(.*)$/.exec(written) ?? [];
    const owners = scope === 'dc/' ? [''] : scope === 'guest/' ? [guest] : [guest, ''];
    for (const owner of owners) {
      const [found, second] = blocks.filter(block => block.text('name').toLowerCase() === name.toLowerCase() && guestOf(block) === owner);
      if (second) second.refuse('name', `write it once: it is also ${found?.path}`);
      if (found) return found;
    }
    return undefined;
  }
}

interface Range {
  readonly family: Family;
  readonly interval: IntervalSet;
}

function rangeOf(block: Block, text: string, argument: string): Range {
  const range = parseRange(text) ?? block.refuse(argument, 'write addresses, or the name of an alias or +set of the file');
  return { family: range.family, interval: [range.interval] };
}

function one({ family, interval }: Range): Addresses {
  return family === 4 ? { 4: setOf(interval), 6: undefined } : { 4: undefined, 6: setOf(interval) };
}

function size({ interval: [first] }: Range): bigint {
  return first ? first.last - first.first : 0n;
}
