import { Port } from '@ashlar/core';
import { Zone } from '@ashlar/network';
import { ProxmoxFirewallOptionsResource, ProxmoxFirewallRulesResource } from '@ashlar/provider-proxmox';
import { Deferred } from '@ashlar/terraform/bindings';
import type { ITerraformDependable } from 'cdktf';
import { firewallRules, type Opening, openingsOf } from '../firewall-rules';
import { Inside } from '../inside';
import { connectablesOf } from './guest-nic';
import type { ProxmoxGuest } from './proxmox-guest';

/**
 * The firewall of a guest: both directions are dropped but for declared flows, those of its hosts, of whatever else answers under their
 * addresses, of the segments and zones that it is a member of, and its resolvers.
 */
export function firewallOfGuest(guest: ProxmoxGuest, resource: ITerraformDependable): void {
  if (guest.routes) return; // what it forwards is not addressed to it; its ports have no firewall
  const of = { nodeName: guest.homeNode.name, ...(guest.kind === 'vm' ? { vmId: guest.vmId } : { containerId: guest.vmId }) };
  const lifecycle = guest.nodes.length > 1 ? { lifecycle: { ignoreChanges: ['node_name'] } } : {};
  const rules = new ProxmoxFirewallRulesResource(guest, 'firewall-rules', {
    ...of,
    rule: new Deferred(() => firewallRules(openings(guest), Inside.of(guest).prefixes)),
    dependsOn: [resource],
    ...lifecycle,
  });
  new ProxmoxFirewallOptionsResource(guest, 'firewall', {
    ...of,
    enabled: true,
    inputPolicy: 'DROP',
    outputPolicy: guest.outbound === 'any' ? 'ACCEPT' : 'DROP',
    dhcp: guest.nics.some(nic => nic.host === undefined),
    ndp: true,
    radv: false,
    macfilter: true,
    dependsOn: [rules],
    ...lifecycle,
  });
}

function openings(guest: ProxmoxGuest): Opening[] {
  const under = Inside.of(guest).connectablesAt(guest.connections.endpoint.addresses());
  const members = [...new Set([guest, ...connectablesOf(guest.nics, vlan => Zone.find(vlan)), ...under])];
  const declared = openingsOf(
    members.flatMap(m => m.connections.ingress),
    members.flatMap(m => m.connections.egress),
  );
  if (guest.outbound === 'any') return declared.filter(opening => opening.type === 'in');
  const resolvers = [Port.udp(53), Port.tcp(53)].map(
    (port): Opening => ({ type: 'out', peers: guest.resolvers, port, comment: 'to its resolvers' }),
  );
  return [...declared, ...resolvers];
}
