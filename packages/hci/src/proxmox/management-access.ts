import { Check, ConfigError, type IConnectable } from '@ashlar/core';
import type { ProxmoxCluster } from './proxmox-cluster';

/** From where the nodes are managed: who was named, or the segments of their own addresses. @throws PROXMOX_LOCKOUT */
export function managementAccess(cluster: ProxmoxCluster, given: readonly IConnectable[] | undefined): readonly IConnectable[] {
  if (given !== undefined) {
    new Check(cluster).list('managedFrom', given, 'management');
    for (const from of given)
      new Check(cluster).instance(
        'managedFrom',
        from,
        { name: 'Vlan, Host or other connectable', is: x => (x as IConnectable)?.connections !== undefined },
        '[management]',
      );
    return given;
  }
  const vlans = [...new Set(cluster.nodes.flatMap(node => node.host?.vlan ?? []))];
  if (vlans.length > 0) return vlans;
  throw new ConfigError(cluster, 'PROXMOX_LOCKOUT', 'its firewall would let nobody in to manage it', {
    fix: 'write managedFrom: [management], or give the nodes hosts',
  });
}
