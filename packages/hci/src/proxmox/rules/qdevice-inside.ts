import { failureDomains, findingAt, pathOf, type Rule } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { clustersOf } from '../clusters-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import type { ProxmoxNode } from '../proxmox-node';

/** The third vote is lost with one of the other two. */
export const QDEVICE_INSIDE: Rule = {
  code: 'QDEVICE_INSIDE',
  severity: 'error',
  incident: 'The QDevice of a two-node cluster was a container on one of them. That node failed, and took the majority with it.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const { qdevice } = cluster;
      if (!qdevice) continue;
      const node = nodeUnder(cluster, qdevice);
      const guest = cluster.guests.find(g => g === qdevice || g.nics.some(nic => nic.host === qdevice));
      if (node)
        yield findingAt(
          cluster,
          QDEVICE_INSIDE,
          `the third vote, ${pathOf(qdevice)}, stands on ${pathOf(node)}, and is lost with its vote`,
          'run corosync-qnetd on another machine',
        );
      else if (guest)
        yield findingAt(
          cluster,
          QDEVICE_INSIDE,
          `the third vote, ${pathOf(qdevice)}, is a guest of the cluster, which needs the vote to start it`,
          'run corosync-qnetd on another machine',
        );
    }
  },
};

/** The node of the cluster that the third vote stands on, when it does. */
export function nodeUnder(cluster: ProxmoxCluster, qdevice: IConstruct): ProxmoxNode | undefined {
  const domains = failureDomains(qdevice).add(qdevice);
  return cluster.nodes.find(n => [n, n.machine, n.host, ...n.otherHosts].some(c => c && domains.has(c)));
}
