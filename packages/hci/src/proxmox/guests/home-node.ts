import { ConfigError, pathOf } from '@ashlar/core';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxGuestProps } from './guest-props';
import type { ProxmoxGuest } from './proxmox-guest';

/** The node that a guest is created on: the one that was named, the only one, or the first that HA may use. @throws GUEST_NODE */
export function homeNode(guest: ProxmoxGuest, given: ProxmoxGuestProps['node'], nodes: readonly ProxmoxNode[] | undefined): ProxmoxNode {
  const { cluster } = guest;
  const node = given === undefined ? undefined : cluster.nodeOf(given);
  if (nodes === undefined) {
    if (node) return node;
    const [only, ...more] = cluster.nodes;
    if (only && more.length === 0) return only;
    throw new ConfigError(guest, 'GUEST_NODE', `has no node, and ${pathOf(cluster)} has ${cluster.nodes.length}`, {
      fix: `write node: '${only?.name}'`,
    });
  }
  if (node && !nodes.includes(node)) {
    throw new ConfigError(guest, 'GUEST_NODE', `is created on ${node.name}, where HA may not run it`, {
      fix: `choose one of ${nodes.map(n => n.name).join(', ')}, or add it to the nodes of highAvailability`,
    });
  }
  return node ?? (nodes[0] as ProxmoxNode);
}
