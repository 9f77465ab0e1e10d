import { Port, pathOf } from '@ashlar/core';
import { ProxmoxClusterFirewallResource, ProxmoxFirewallRulesResource, ProxmoxNodeFirewallResource } from '@ashlar/provider-proxmox';
import { Deferred } from '@ashlar/terraform/bindings';
import { firewallRules, type Opening, openingsOf } from './firewall-rules';
import { Inside } from './inside';
import type { ProxmoxCluster } from './proxmox-cluster';

/** What people need on the nodes. @see https://pve.proxmox.com/wiki/Firewall#_ports_used_by_proxmox_ve */
const MANAGEMENT: readonly (readonly [Port, string])[] = [
  [Port.tcp(8006), 'web and API'],
  [Port.tcp(22), 'SSH'],
  [Port.range('tcp', 5900, 5999), 'VNC consoles'],
  [Port.tcp(3128), 'SPICE consoles'],
  [Port.icmp(), 'ICMP'],
];

/** What nodes need of each other besides. */
const BETWEEN_NODES: readonly (readonly [Port, string])[] = [
  [Port.range('udp', 5405, 5412), 'corosync'],
  [Port.range('tcp', 60_000, 60_050), 'live migration'],
];

/**
 * Drops what comes to the nodes, except management, the cluster's own traffic and declared flows.
 *
 * The rules are there before the firewall is switched on, and are removed after it is switched off: Terraform follows the
 * dependency in both directions, so that nobody is locked out on the way.
 */
export function firewallOfCluster(cluster: ProxmoxCluster): void {
  Inside.renew(cluster);
  const rules = new ProxmoxFirewallRulesResource(cluster, 'firewall-rules', {
    rule: new Deferred(() => firewallRules(openings(cluster), Inside.of(cluster).prefixes)),
  });
  const nodes = cluster.nodes.map(
    node => new ProxmoxNodeFirewallResource(node, 'firewall', { nodeName: node.name, enabled: true, dependsOn: [rules] }),
  );
  new ProxmoxClusterFirewallResource(cluster, 'firewall', {
    enabled: true,
    inputPolicy: 'DROP',
    outputPolicy: 'ACCEPT',
    dependsOn: [rules, ...nodes],
  });
}

function openings(cluster: ProxmoxCluster): Opening[] {
  const own = cluster.nodes.flatMap(node => [node.address, ...node.otherHosts.flatMap(host => host.addresses.map(({ ip }) => ip))]);
  const managed = cluster.managedFrom.flatMap(from =>
    MANAGEMENT.map(
      ([port, what]): Opening => ({
        type: 'in',
        peers: from.connections.endpoint.addresses(),
        port,
        comment: `${what} from ${pathOf(from)}`,
      }),
    ),
  );
  const between = [...MANAGEMENT, ...BETWEEN_NODES].map(
    ([port, what]): Opening => ({ type: 'in', peers: own, port, comment: `${what} between nodes` }),
  );
  const hosts = cluster.nodes.flatMap(node => [...(node.host ? [node.host] : []), ...node.otherHosts]);
  const toHosts = hosts.flatMap(host => {
    const flows = openingsOf(host.connections.ingress, []);
    return host.addresses.flatMap(({ ip }) => flows.map((flow): Opening => ({ ...flow, own: ip })));
  });
  return [...managed, ...between, ...openingsOf(cluster.connections.ingress, []), ...toHosts];
}
