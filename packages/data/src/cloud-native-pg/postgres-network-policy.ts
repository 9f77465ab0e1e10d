import { Port } from '@ashlar/core';
import { NetworkPolicy } from '@ashlar/kubernetes';
import { OPERATOR } from './cloud-native-pg';
import { instanceLabels, POSTGRES } from './postgres-access';
import type { PostgresCluster } from './postgres-cluster';

/** On which the operator asks each instance for its state. */
const STATUS = Port.tcp(8000);

/** What instances, the operator and the object store need of each other. */
export function defineNetworkPolicy(cluster: PostgresCluster, store: Port | undefined): void {
  const instances = { peer: { namespace: cluster.namespace, labels: instanceLabels(cluster.name) }, ports: [POSTGRES, STATUS] };
  new NetworkPolicy(cluster, 'NetworkPolicy', {
    pods: cluster,
    name: cluster.name,
    ingress: [instances, { peer: OPERATOR, ports: [POSTGRES, STATUS] }],
    egress: [instances, ...(store ? ['0.0.0.0/0', '::/0'].map(peer => ({ peer, ports: [store] })) : [])],
    kubernetesApi: true,
  });
}
