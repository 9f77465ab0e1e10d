import { findingAt, pathOf, type Rule } from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';
import { tagOn } from '../install/management-interface';
import { harvestersOf } from '../is-harvester-cluster';
import { portsFor } from '../networks/network-manifests';

/** Each port of a bond carries the segments on it, and all with the same tag: a bond moves a guest's frames from one to another. */
export const HARVESTER_UPLINK_VLAN: Rule = {
  code: 'HARVESTER_UPLINK_VLAN',
  severity: 'error',
  incident:
    'The second port of a bond lacked a VLAN. For a year nobody saw it; then the first cable was pulled for a minute, and half of the guests were gone.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      for (const node of cluster.nodes) {
        for (const vlan of segmentsOn(cluster, node)) {
          // A machine without the segment on any port is told of already.
          if (!node.machine.nics.some(nic => nic.link?.port.carries(vlan))) continue;
          const ports = portsFor(cluster, node, vlan).filter(nic => nic.link);
          for (const nic of ports) {
            if (nic.link?.port.carries(vlan)) continue;
            yield findingAt(
              node,
              HARVESTER_UPLINK_VLAN,
              `needs ${pathOf(vlan)} (VLAN ${vlan.tag}) on ${nic.name}, and ${pathOf(nic.link?.port as never)} does not carry it`,
              'add it to tagged of that port',
            );
          }
          const expected = expectedTag(cluster, node, vlan);
          const other = ports.find(nic => nic.link?.port.carries(vlan) && tagOn(nic, vlan) !== expected);
          if (!other) continue;
          yield findingAt(
            node,
            HARVESTER_UPLINK_VLAN,
            `has ${pathOf(vlan)} (VLAN ${vlan.tag}) ${expected === 0 ? 'with its tag' : 'without a tag'} on ${other.name}, and elsewhere ${expected === 0 ? 'without' : 'with it'}`,
            'make it native on all of these ports, or tagged on all',
          );
        }
      }
    }
  },
};

function segmentsOn(cluster: HarvesterCluster, node: HarvesterNode): readonly Vlan[] {
  const guests = cluster.guests.filter(guest => guest.nodes.includes(node)).flatMap(guest => guest.nics.map(nic => nic.vlan));
  return [...new Set([node.host.vlan, ...guests])];
}

/** The tag that the segment has in the cluster: that at the first port which carries it. */
function expectedTag(cluster: HarvesterCluster, node: HarvesterNode, vlan: Vlan): number {
  const own = vlan === node.host.vlan ? [node] : cluster.workers;
  const first = own.flatMap(one => portsFor(cluster, one, vlan)).find(nic => nic.link?.port.carries(vlan));
  return first ? tagOn(first, vlan) : 0;
}
