import { ApiObject } from 'cdk8s';
import { instanceLabels } from './postgres-access';
import type { PostgresCluster } from './postgres-cluster';

/** Our own, because the operator's `enablePodMonitor` is on its way out. */
export function definePodMonitor(cluster: PostgresCluster): void {
  new ApiObject(cluster, 'PodMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: cluster.name },
    spec: {
      selector: { matchLabels: { ...instanceLabels(cluster.name), 'cnpg.io/podRole': 'instance' } },
      podMetricsEndpoints: [{ port: 'metrics' }],
    },
  });
}
