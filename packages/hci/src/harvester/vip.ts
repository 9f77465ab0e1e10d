import { ConfigError, pathOf } from '@ashlar/core';
import type { Host } from '@ashlar/network';
import type { HarvesterCluster } from './harvester-cluster';
import { requireIpv4 } from './install/management-interface';

/** The address of a cluster, which whichever node has it answers for. @throws HARVESTER_VIP, HARVESTER_IPV4 */
export function requireVip(cluster: HarvesterCluster, vip: Host): Host {
  for (const node of cluster.nodes) {
    requireIpv4(node);
    if (node.host === vip) {
      throw new ConfigError(cluster, 'HARVESTER_VIP', `${vip.ip} is the address of ${pathOf(node)}, and moves from node to node`, {
        fix: `reserve one of its own: ${vip.vlan.name}.host('${cluster.name}', …)`,
        see: 'https://docs.harvesterhci.io/v1.7/install/management-address',
      });
    }
    if (node.host.vlan === vip.vlan) continue;
    throw new ConfigError(
      cluster,
      'HARVESTER_VIP',
      `${vip.ip} is on ${pathOf(vip.vlan)}, and ${pathOf(node)} on ${pathOf(node.host.vlan)}, where nobody could answer for it`,
      {
        fix: 'choose addresses of one segment for the nodes and the cluster',
      },
    );
  }
  return vip;
}
