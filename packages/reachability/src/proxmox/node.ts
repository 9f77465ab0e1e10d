import type { HostFirewall } from '../router';
import type { FilterRule, IntervalSet, RuleChain } from '../rule-chain';
import type { Segment } from '../segment';
import { type Family, parseAddress } from '../space/address-text';
import { has, setOf, single, unite } from '../space/interval-set';
import type { AddressNames } from './address-names';
import type { Block } from './block';
import { portList } from './protocol-specs';
import type { RuleLists } from './rule-lists';
import type { Workspace } from './workspace';

/** Both names of the resource. */
export const NODES = ['proxmox_node_firewall', 'proxmox_virtual_environment_node_firewall'];

const OPTIONS =
  'node_name enabled ndp nosmurfs nftables log_level_in log_level_out log_level_forward smurf_log_level tcp_flags_log_level ' +
  'nf_conntrack_max nf_conntrack_tcp_timeout_established';

/** What each node lets in from its own network and the set `management`: web and API, consoles, SSH, migration. */
const MANAGEMENT = '8006,5900:5999,3128,22,60000:60050';
/** What each node lets itself open to its own network. */
const OUTWARD = '8006,22,5900:5999,3128';
const COROSYNC = '5404:5405';

/** One hypervisor by the address at which the provider reaches it. */
interface ProxmoxNode {
  readonly name: string;
  readonly family: Family;
  readonly address: bigint;
  readonly block: Block;
}

/**
 * The firewalls of the hypervisors at the addresses that `ssh` of the provider gives them. A node whose own resource is missing has its
 * firewall on, as it has from the start; other addresses of a node are not known here, and nothing is said of them.
 * @param segments where the network of a node is looked up, which may manage it whatever the rules say
 * @see https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html#_default_firewall_rules
 * @throws REACH_UNJUDGED
 */
export function nodeFirewalls(
  file: string,
  workspace: Workspace,
  cluster: Block,
  lists: RuleLists,
  names: AddressNames,
  segments: readonly Segment[],
): readonly HostFirewall[] {
  const options = NODES.flatMap(type => workspace.all(type)).map(block => block.knows(OPTIONS));
  const nodes = nodesOf(workspace);
  const addressless = options.find(block => block.flag('enabled', true) && !nodes.some(({ name }) => name === block.text('node_name')));
  if (addressless) addressless.refuse('node_name', 'give the node an address in ssh of the provider');
  const guarded = nodes.filter(({ name }) => {
    const [own, second] = options.filter(block => block.text('node_name') === name);
    if (second) second.refuse('node_name', `write it in ${own?.path}`);
    if (own?.flag('nftables', false)) own.refuse('nftables', 'leave it out: what the preview does is not known');
    return own?.flag('enabled', true) ?? true;
  });
  return guarded.map(node => {
    const { name, family, address } = node;
    const network = networkOf(node, names, segments);
    const peers = setOf(nodes.filter(other => other !== node && other.family === family).flatMap(other => single(other.address)));
    const called = `hypervisor ${name}`;
    const chain = (type: 'in' | 'out'): RuleChain => {
      const argument = `${type}put_policy`;
      const policy = cluster.text(argument) || (type === 'in' ? 'DROP' : 'ACCEPT');
      if (!['ACCEPT', 'DROP', 'REJECT'].includes(policy)) cluster.refuse(argument, 'write DROP');
      const far = type === 'in' ? { network: unite(network, names.set('management')?.[family] ?? []), peers } : { network, peers };
      return {
        name: `${file}: ${policy === 'ACCEPT' ? 'default accept' : 'default deny'} ${type === 'in' ? 'to' : 'from'} ${called}`,
        rules: [
          igmp(`${file}: ${called}`),
          ...lists.ofNode(name, { type, iface: '', family, guest: '' }),
          ...builtIn(`${file}: ${called}`, type, far),
        ],
        otherwise: policy === 'ACCEPT' ? 'accept' : 'drop',
      };
    };
    return { file, name: called, addresses: single(address), family, incoming: chain('in'), outgoing: chain('out'), managedFrom: network };
  });
}

function nodesOf(workspace: Workspace): readonly ProxmoxNode[] {
  return workspace
    .providers('proxmox')
    .flatMap(provider => provider.blocks('ssh').flatMap(ssh => ssh.blocks('node')))
    .map(block => {
      const parsed = parseAddress(block.text('address')) ?? block.refuse('address', 'write an IP address');
      return { name: block.text('name'), ...parsed, block };
    });
}

/** The alias `local_network`, or the segment of its address. */
function networkOf({ name, family, address, block }: ProxmoxNode, names: AddressNames, segments: readonly Segment[]): IntervalSet {
  const alias = names.alias('local_network');
  const network = alias ? alias[family] : segments.find(segment => has(segment.addresses[family], address))?.addresses[family];
  return network ?? (alias ? [] : block.refuse('address', `say which network may manage ${name}, with an alias local_network`));
}

/** Membership in groups of the link; it leaves no link. */
function igmp(where: string): FilterRule {
  return { name: `${where} igmp`, action: 'accept', match: { family: 4, protocols: ['other'], ports: single(2n) } };
}

/** What Proxmox VE lets through after the rules. */
function builtIn(
  where: string,
  type: 'in' | 'out',
  far: { readonly network: IntervalSet; readonly peers: IntervalSet },
): readonly FilterRule[] {
  const side = type === 'in' ? 'source' : 'destination';
  const rules = [
    { name: `${where} management`, set: far.network, protocols: ['tcp'] as const, ports: portList(type === 'in' ? MANAGEMENT : OUTWARD) },
    { name: `${where} corosync`, set: far.peers, protocols: ['udp'] as const, ports: portList(COROSYNC) },
  ];
  return rules
    .filter(({ set }) => set.length > 0)
    .map(({ name, set, protocols, ports }) => ({ name, action: 'accept', match: { [side]: set, protocols, ...(ports && { ports }) } }));
}
