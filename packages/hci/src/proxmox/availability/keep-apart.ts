import { Check, ConfigError, pathOf } from '@ashlar/core';
import { ProxmoxHaruleResource } from '@ashlar/provider-proxmox';
import { CONFIG_ID } from '../config-id';
import { literal } from '../firewall-rules';
import { ProxmoxGuest } from '../guests/proxmox-guest';
import type { ProxmoxCluster } from '../proxmox-cluster';

/** Checks where guests that stay are, and has Proxmox VE keep apart those that it moves. */
export function keepApart(cluster: ProxmoxCluster, id: string, guests: readonly ProxmoxGuest[]): void {
  const check = new Check(cluster);
  check.text('the id of what is kept apart', id, CONFIG_ID, 'a letter and then letters, digits, dashes and underscores', 'databases');
  check.list('guests', guests, 'vm1, vm2');
  for (const guest of guests)
    check.instance('guests', guest, { name: 'ProxmoxVm or ProxmoxContainer', is: ProxmoxGuest.isProxmoxGuest }, '[vm1, vm2]');
  const at = new Map<unknown, ProxmoxGuest>();
  for (const guest of guests.filter(g => g.nodes.length === 1)) {
    const other = at.get(guest.homeNode);
    if (other) {
      throw new ConfigError(
        guest,
        'KEEP_APART_SAME_NODE',
        `runs on ${guest.homeNode.name} like ${pathOf(other)}, and ${id} keeps them apart`,
        { fix: 'put one of them on another node' },
      );
    }
    at.set(guest.homeNode, guest);
  }
  const usable = new Set(guests.flatMap(guest => guest.nodes));
  if (usable.size < guests.length) {
    throw new ConfigError(
      cluster,
      'KEEP_APART_NODES',
      `${id} keeps ${guests.length} guests apart, and they may run on ${usable.size} ${usable.size === 1 ? 'node' : 'nodes'} in all`,
      { fix: 'allow them more nodes, or keep fewer apart' },
    );
  }
  const moved = guests.filter(guest => guest.nodes.length > 1);
  if (moved.length === 0) return;
  const [first] = moved as [ProxmoxGuest];
  if (!cluster.hasHaRules) {
    throw new ConfigError(
      first,
      'KEEP_APART_VERSION',
      `is moved by HA, and Proxmox VE ${cluster.version} cannot keep it apart from ${guests
        .filter(g => g !== first)
        .map(pathOf)
        .join(', ')}`,
      {
        fix: 'give them highAvailability.nodes that have none in common, leave highAvailability out, or upgrade to 9',
      },
    );
  }
  if (moved.length < 2) return;
  new ProxmoxHaruleResource(cluster, `apart-${id}`, {
    rule: id,
    type: 'resource-affinity',
    affinity: 'negative',
    resources: moved.map(guest => `${guest.kind}:${guest.vmId}`).sort(),
    comment: literal(`managed by Ashlar: ${pathOf(cluster)}`),
    dependsOn: moved.flatMap(guest => guest._managed ?? []),
  });
}
