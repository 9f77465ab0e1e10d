import type { FilterRule } from '../rule-chain';
import type { Family } from '../space/address-text';
import { type Addresses, type AddressNames, guestOf } from './address-names';
import type { Block } from './block';
import { macroNamed } from './macros';
import { familyOf, protocolMatch } from './protocol-specs';
import type { Workspace } from './workspace';

export const RULES = 'proxmox_virtual_environment_firewall_rules';
export const GROUP = 'proxmox_virtual_environment_cluster_firewall_security_group';

/** Rules of a guest or a group, as they apply to one direction, port and family. */
export interface Applies {
  readonly type: 'in' | 'out';
  /** `net0`; empty for a hypervisor. */
  readonly iface: string;
  readonly family: Family;
  /** Number of the guest, empty for a hypervisor, whose aliases and sets are meant first. */
  readonly guest: string;
}

const RULE = 'type action security_group enabled iface source dest sport dport proto macro log comment pos';
const ACTIONS: Readonly<Record<string, FilterRule['action']>> = { ACCEPT: 'accept', DROP: 'drop', REJECT: 'drop' };
const EITHER: Addresses = { 4: undefined, 6: undefined };

/**
 * The rules of a workspace, with those of security groups in their place.
 * @see https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html#pve_firewall_security_groups
 */
export class RuleLists {
  private readonly lists: readonly Block[];
  private readonly groups: readonly Block[];

  constructor(
    workspace: Workspace,
    private readonly names: AddressNames,
  ) {
    this.lists = workspace.all(RULES).map(list => list.knows('rule node_name vm_id container_id'));
    this.groups = workspace.all(GROUP).map(group => group.knows('name comment rule node_name vm_id container_id'));
  }

  /** The rules of a guest. @throws REACH_UNJUDGED */
  public ofGuest(applies: Applies): readonly FilterRule[] {
    return this.rules(applies, list => guestOf(list) === applies.guest);
  }

  /** The rules of a hypervisor: its own before those of the cluster. @throws REACH_UNJUDGED */
  public ofNode(name: string, applies: Applies): readonly FilterRule[] {
    return [name, ''].flatMap(owner => this.rules(applies, list => guestOf(list) === '' && list.text('node_name') === owner));
  }

  private rules(applies: Applies, isMeant: (list: Block) => boolean): readonly FilterRule[] {
    const [list, second] = this.lists.filter(isMeant);
    if (second) second.refuse('rule', `write them in ${list?.path}: the order of two lists is not known`);
    return list ? this.read(list, applies, false) : [];
  }

  private read(list: Block, applies: Applies, inGroup: boolean): readonly FilterRule[] {
    return list.blocks('rule').flatMap(rule => {
      rule.knows(RULE);
      if (!rule.flag('enabled', true)) return [];
      const iface = rule.text('iface');
      if (iface !== '' && applies.iface === '') rule.refuse('iface', 'leave it out: where traffic to a node arrives is not known');
      if (iface !== '' && (inGroup || !/^net\d+$/.test(iface))) rule.refuse('iface', 'name a port, like net0');
      const elsewhere = iface !== '' && iface !== applies.iface;
      const group = rule.text('security_group');
      if (group === '') return elsewhere ? [] : this.filters(rule, applies);
      const [found, second] = this.groups.filter(block => block.text('name') === group);
      if (!found || second || inGroup) rule.refuse('security_group', 'name a security group that is in the file once');
      return found && !elsewhere ? this.read(found, applies, true) : [];
    });
  }

  private filters(rule: Block, { type, family, guest }: Applies): readonly FilterRule[] {
    if (!['in', 'out'].includes(rule.text('type'))) rule.refuse('type', 'write in or out');
    const action = ACTIONS[rule.text('action')] ?? rule.refuse('action', 'write ACCEPT, DROP or REJECT');
    if (rule.text('sport') !== '') rule.refuse('sport', 'leave the port of the source open: no client keeps to one');
    const [source, destination] = (['source', 'dest'] as const).map(argument =>
      rule.text(argument) === '' ? EITHER : this.names.addresses(rule, argument, guest),
    ) as [Addresses, Addresses];
    const parts = partsOf(rule);
    if (rule.text('type') !== type) return [];
    const isElsewhere = (addresses: Addresses) => addresses !== EITHER && addresses[family] === undefined;
    if (isElsewhere(source) || isElsewhere(destination)) return [];
    const comment = rule.text('comment');
    const name = `${rule.file}: ${rule.path}${comment === '' ? '' : ` (${comment})`}`;
    return parts
      .filter(({ proto }) => (familyOf(proto) ?? family) === family)
      .flatMap(({ match }) => {
        const [from, to] = [source[family], destination[family]];
        if (from?.length === 0 || to?.length === 0) return [];
        return [{ match: { family, ...(from && { source: from }), ...(to && { destination: to }), ...match }, action, name }];
      });
  }
}

/** What a rule says of protocol and port, or its macro. @throws REACH_UNJUDGED */
function partsOf(rule: Block) {
  const macro = rule.text('macro');
  const [proto, dport] = [rule.text('proto'), rule.text('dport')];
  if (macro !== '' && (proto !== '' || dport !== '')) rule.refuse('macro', 'write a macro without proto and dport');
  const parts = macro === '' ? [{ proto, dport }] : (macroNamed(macro) ?? rule.refuse('macro', 'write proto and dport'));
  return parts.map(part => ({
    proto: part.proto,
    match:
      protocolMatch(part.proto, part.dport ?? '') ??
      rule.refuse(proto === '' || dport === '' ? 'proto' : 'dport', 'write numbers of ports'),
  }));
}
