import { Duration, type Lifecycle } from '@ashlar/core';
import { ready } from '@ashlar/kubernetes';
import type { K3sCluster } from './k3s-cluster';

/** How a cluster comes up once its nodes are, and back from a snapshot. Its upgrade is that of {@link K3sUpgrades}. */
export function clusterLifecycle(cluster: K3sCluster): Lifecycle {
  const bootstrap = `kubernetes/${cluster.name}/bootstrap`;
  const [first, ...others] = cluster.servers.map(server => server.hostName);
  const joining = others.length > 0 ? ` Then remove /var/lib/rancher/k3s/server/db on ${others.join(', ')}, and start k3s on each.` : '';
  return {
    startsAfter: cluster.nodes.map(node => ({ on: node, for: 'its nodes' })),
    start: [
      {
        id: 'bootstrap',
        title: `Wait for what ${cluster.name} begins with`,
        action: { waits: `${first} applies it, and leaves it to the cluster.` },
        check: {
          command: ['kubectl', '--context', cluster.name, 'get', '--filename', bootstrap, '--output=name', '--request-timeout=10s'],
        },
        undo: { nothing: 'it goes with the cluster' },
        budget: Duration.minutes(4),
      },
    ],
    restore: [
      {
        id: 'snapshot',
        title: `Bring ${cluster.name} back from a snapshot of etcd`,
        action: {
          byHand:
            `Stop k3s on every server. On ${first}, run: k3s server --cluster-reset --cluster-reset-restore-path=<snapshot>, ` +
            `with the newest of: k3s etcd-snapshot list; then start k3s.${joining}`,
        },
        check: { command: ready(cluster.name) },
        undo: { nothing: 'the state before is in /var/lib/rancher/k3s/server/db/etcd-old' },
        budget: Duration.minutes(30),
        destroys: `everything that was written to the API of ${cluster.name} since the snapshot`,
      },
    ],
  };
}
