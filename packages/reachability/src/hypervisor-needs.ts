import type { Network } from './network';
import type { IntervalSet, Protocol } from './rule-chain';
import type { Family } from './space/address-text';
import type { Box } from './space/box';
import { setOf } from './space/interval-set';
import { ALL_PORTS, parsePorts } from './space/ports';

/** What a hypervisor lets in without a flow that says so. @see https://pve.proxmox.com/wiki/Firewall#_ports_used_by_proxmox_ve */
const NEEDS: readonly {
  readonly protocol: Protocol;
  readonly from: 'network' | 'nodes';
  readonly ports: IntervalSet;
  readonly reason: string;
}[] = [
  {
    protocol: 'tcp',
    from: 'network',
    ports: ports('22 3128 5900-5999 8006'),
    reason: 'its own network manages it, whatever its rules say',
  },
  { protocol: 'tcp', from: 'network', ports: ports('60000-60050'), reason: 'live migration, open like management' },
  { protocol: 'icmp', from: 'network', ports: ALL_PORTS.icmp, reason: 'who manages it sees whether it answers' },
  { protocol: 'other', from: 'network', ports: ports('2'), reason: 'IGMP: membership in groups of the link, which leaves no link' },
  { protocol: 'tcp', from: 'nodes', ports: ports('22 3128 5900-5999 8006 60000-60050'), reason: 'nodes of one cluster manage each other' },
  { protocol: 'udp', from: 'nodes', ports: ports('5404-5412'), reason: 'corosync, eight links at most' },
  { protocol: 'icmp', from: 'nodes', ports: ALL_PORTS.icmp, reason: 'nodes of one cluster see each other' },
];

/** Packets to hypervisors that need no flow. */
export function hypervisorNeeds({ hostFirewalls }: Network, family: Family, protocol: Protocol): Box[] {
  const nodes = hostFirewalls.filter(firewall => firewall.managedFrom !== undefined && firewall.family === family);
  return nodes.flatMap(({ file, addresses, managedFrom = [] }) => {
    const siblings = setOf(nodes.filter(other => other.file === file).flatMap(other => other.addresses));
    return NEEDS.filter(need => need.protocol === protocol).map(need => ({
      source: need.from === 'network' ? managedFrom : siblings,
      destination: addresses,
      ports: need.ports,
    }));
  });
}

function ports(text: string): IntervalSet {
  return setOf(text.split(' ').flatMap(part => parsePorts(part) ?? []));
}
