import { ConfigError } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import type { ProxmoxCluster } from './proxmox-cluster';

/** A cluster of an even number of votes stops as a whole when it falls into halves. */
export function quorum(cluster: ProxmoxCluster, qdevice: IConstruct | undefined): IConstruct | undefined {
  if (qdevice !== undefined && !Construct.isConstruct(qdevice)) {
    throw new ConfigError(cluster, 'PROP_TYPE', 'qdevice must be a construct', {
      got: qdevice,
      fix: 'pass the host that runs corosync-qnetd, or its machine',
    });
  }
  const count = cluster.nodes.length;
  const see = 'https://pve.proxmox.com/wiki/Cluster_Manager#_corosync_external_vote_support';
  if (count % 2 === 0 && !qdevice) {
    throw new ConfigError(
      cluster,
      'PROXMOX_QUORUM',
      `${count} nodes have an even number of votes, and ${count === 2 ? 'the loss of either stops both' : 'no half has a majority when the network splits'}`,
      {
        fix: "add a node, or a third party with qdevice: management.host('router', 1)",
        see,
      },
    );
  }
  if (count % 2 === 1 && qdevice) {
    throw new ConfigError(
      cluster,
      'PROXMOX_QUORUM',
      `${count} nodes have an odd number of votes, and a QDevice would have ${count - 1}, so that its loss stops the cluster with the next node`,
      { fix: 'leave qdevice out', see },
    );
  }
  return qdevice;
}
