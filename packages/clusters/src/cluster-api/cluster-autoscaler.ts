import { Connections, type IConnectable, Port } from '@ashlar/core';
import { ChartRelease, NetworkPolicy } from '@ashlar/kubernetes';
import { Construct } from 'constructs';
import { API_PORT } from './cluster-plan';
import type { DownstreamCluster } from './downstream-cluster';

/**
 * The autoscaler of one cluster. It runs in the management cluster, in the cluster's namespace, and sees no machines of others.
 * @see https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/clusterapi/README.md
 */
export class ClusterAutoscaler extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(cluster: DownstreamCluster, id: string) {
    super(cluster.unit, id);
    const { name, factory, unit } = cluster;
    const release = new ChartRelease(factory.management, `autoscaler-${name}`, {
      chart: 'cluster-autoscaler',
      repository: 'https://kubernetes.github.io/autoscaler',
      version: '9.59.0',
      namespace: name,
      values: {
        cloudProvider: 'clusterapi',
        clusterAPIMode: 'kubeconfig-incluster',
        clusterAPIKubeconfigSecret: `${name}-kubeconfig`,
        autoDiscovery: { clusterName: name, namespace: name },
        rbac: { clusterScoped: false },
        podLabels: LABELS,
        extraArgs: { 'balance-similar-node-groups': true, 'scale-down-unneeded-time': '10m' },
        resources: { requests: { cpu: '20m', memory: '128Mi' }, limits: { memory: '512Mi' } },
        securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
        containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      },
    });
    release.startAfter(unit);
    this.connections = new Connections(this, {
      addresses: () => factory.management.nodeAddresses,
      pods: { cluster: factory.management, namespace: name, labels: LABELS },
    });
    new NetworkPolicy(this, 'policy', { pods: this, name: 'autoscaler', kubernetesApi: true });
    cluster.api.connections.allowFrom(this, Port.tcp(API_PORT));
  }
}

const LABELS = { 'ashlar.dev/part': 'cluster-autoscaler' };
