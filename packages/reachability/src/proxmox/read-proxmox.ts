import type { HostFirewall } from '../router';
import type { FilterRule, RuleChain } from '../rule-chain';
import type { Segment } from '../segment';
import { FAMILIES, type Family } from '../space/address-text';
import { single } from '../space/interval-set';
import { AddressNames, ALIAS, guestOf, IP_SET } from './address-names';
import type { Block } from './block';
import { CONTAINER, type Guest, type GuestPort, guestsOf, hasAddress, VM } from './guest';
import { NODES, nodeFirewalls } from './node';
import { type Applies, GROUP, RULES, RuleLists } from './rule-lists';
import { Workspace } from './workspace';

const OPTIONS = 'proxmox_virtual_environment_firewall_options';
const CLUSTER = 'proxmox_virtual_environment_cluster_firewall';
const KNOWN = [OPTIONS, CLUSTER, ...NODES, RULES, GROUP, ALIAS, IP_SET, VM, CONTAINER];

/**
 * The firewalls of guests and hypervisors that a Terraform configuration in JSON with the provider bpg/proxmox switches on: where the cluster's is on, the
 * guest's is on, and that of the port; or the node's is on.
 * @param file its path in the output, `terraform/<workspace>/cdk.tf.json`
 * @param segments of the site: the network of a hypervisor is one of them
 * @param states by path, those of the site: the firewall of the cluster may be switched on in another one that has its endpoint
 * @throws REACH_UNJUDGED at the first argument whose effect is not known here
 * @see https://pve.proxmox.com/pve-docs/chapter-pve-firewall.html
 */
export function readProxmox(
  file: string,
  text: string,
  segments: readonly Segment[] = [],
  states: readonly (readonly [file: string, text: string])[] = [],
): readonly HostFirewall[] {
  const workspace = new Workspace(file, text, KNOWN);
  const own = workspace.one(CLUSTER);
  const cluster = (own ?? clusterElsewhere(workspace, states))?.knows(
    'enabled ebtables input_policy output_policy forward_policy log_ratelimit',
  );
  if (!cluster?.flag('enabled', false)) return [];
  if (cluster.text('forward_policy') === 'DROP') cluster.refuse('forward_policy', 'write ACCEPT');
  const names = new AddressNames(workspace);
  const lists = new RuleLists(workspace, names);
  const options = workspace.all(OPTIONS).map(block => {
    return block.knows(
      'node_name vm_id container_id enabled dhcp ndp radv macfilter ipfilter input_policy output_policy log_level_in log_level_out',
    );
  });
  const guests = guestsOf(workspace).flatMap(guest => {
    const [own, second] = options.filter(block => guestOf(block) === guest.id);
    if (second) second.refuse(undefined, `write it in ${own?.path}`);
    return own?.flag('enabled', false) ? guest.ports.flatMap(port => portFirewalls(file, guest, port, own, lists)) : [];
  });
  return own ? [...guests, ...nodeFirewalls(file, workspace, cluster, lists, names, segments)] : guests;
}

/** The firewall of the cluster that a state reaches at the same endpoint. */
function clusterElsewhere(workspace: Workspace, states: readonly (readonly [file: string, text: string])[]): Block | undefined {
  const endpoint = endpointOf(workspace);
  if (endpoint === '') return undefined;
  const others = states.filter(([, text]) => text.includes(CLUSTER)).map(([file, text]) => new Workspace(file, text, KNOWN));
  return others.find(other => endpointOf(other) === endpoint && other.one(CLUSTER))?.one(CLUSTER);
}

function endpointOf(workspace: Workspace): string {
  return workspace.providers('proxmox')[0]?.text('endpoint') ?? '';
}

function portFirewalls(file: string, guest: Guest, port: GuestPort, options: Block, lists: RuleLists): HostFirewall[] {
  if (options.flag('ipfilter', false)) options.refuse('ipfilter', 'write addresses in the rules');
  if (!hasAddress(port)) {
    guest.block.refuse(
      `firewall of ${port.name}, which has no address in this file,`,
      'give it one, or switch its firewall off when it routes',
    );
  }
  const name = `${guest.name} (${guest.id} ${port.name})`;
  return FAMILIES.filter(family => port.addresses[family].length > 0).map(family => {
    const chain = (type: Applies['type']): RuleChain => {
      const policy = options.text(type === 'in' ? 'input_policy' : 'output_policy') || (type === 'in' ? 'DROP' : 'ACCEPT');
      if (!['ACCEPT', 'DROP', 'REJECT'].includes(policy)) options.refuse(type === 'in' ? 'input_policy' : 'output_policy', 'write DROP');
      return {
        name: `${file}: ${policy === 'ACCEPT' ? 'default accept' : 'default deny'} ${type === 'in' ? 'to' : 'from'} ${name}`,
        rules: [
          ...builtIn(`${file}: ${name}`, options, type, family),
          ...lists.ofGuest({ type, iface: port.name, family, guest: guest.id }),
        ],
        otherwise: policy === 'ACCEPT' ? 'accept' : 'drop',
      };
    };
    return { file, name, addresses: port.addresses[family], family, incoming: chain('in'), outgoing: chain('out') };
  });
}

/** UDP ports of a client of DHCP and of its server. */
const DHCP: Readonly<Record<Family, { readonly client: bigint; readonly server: bigint }>> = {
  4: { client: 68n, server: 67n },
  6: { client: 546n, server: 547n },
};
/**
 * What the options of a guest let through before its rules. Neighbour discovery, which `ndp` and `radv` are about, is taken from the own
 * link only, and errors of ICMP belong to what is there already: neither opens a connection. The port of the source is not looked at.
 * @see RFC 4861, section 7.1
 */
function builtIn(where: string, options: Block, type: Applies['type'], family: Family): readonly FilterRule[] {
  if (!options.flag('dhcp', true)) return [];
  const { client, server } = DHCP[family];
  const ports = single(type === 'out' ? server : client);
  return [{ name: `${where} dhcp`, action: 'accept', match: { family, protocols: ['udp'], ports } }];
}
