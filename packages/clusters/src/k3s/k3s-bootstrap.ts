import { Site, toYaml } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';

export interface K3sBootstrapProps {
  /** Virtual address of the API. @default - none: a load balancer has it */
  readonly apiAddress?: string;
  /** Range of addresses of services of type LoadBalancer, `first-last`. @default - none */
  readonly pool?: string;
}

/** As of November 2025. @see https://github.com/kube-vip/kube-vip/releases */
const KUBE_VIP = 'ghcr.io/kube-vip/kube-vip:v1.0.1';
/** As of November 2025. @see https://github.com/kube-vip/kube-vip-cloud-provider/releases */
const CLOUD_PROVIDER = 'ghcr.io/kube-vip/kube-vip-cloud-provider:v0.0.12';

/**
 * What the first server applies before anything else: kube-vip, which holds the API's address and those of services, and the
 * charts that must be there with the cluster, such as Argo CD's.
 * @see https://kube-vip.io/docs/usage/k3s/
 */
export class K3sBootstrap extends Construct {
  constructor(
    private readonly cluster: KubernetesCluster,
    id: string,
    props: K3sBootstrapProps,
  ) {
    super(cluster.bootstrap, id);
    if (props.apiAddress !== undefined || props.pool) this.virtualAddress(props.apiAddress, props.pool !== undefined);
    if (props.pool) this.servicePool(props.pool);
    Site.of(cluster).onPrepare(() => {
      for (const release of cluster.bootstrapReleases) this.chart(release);
    });
  }

  private virtualAddress(address: string | undefined, services: boolean): void {
    this.account('kube-vip', [
      rule('', ['services', 'services/status', 'nodes', 'endpoints'], ['list', 'get', 'watch', 'update']),
      rule('', ['events'], ['create', 'patch', 'update']),
      rule('coordination.k8s.io', ['leases'], ['list', 'get', 'watch', 'update', 'create']),
      rule('discovery.k8s.io', ['endpointslices'], ['list', 'get', 'watch']),
    ]);
    const environment = {
      vip_arp: 'true',
      port: '6443',
      cp_enable: String(address !== undefined),
      cp_namespace: 'kube-system',
      svc_enable: String(services),
      vip_leaderelection: 'true',
      vip_leaseduration: '15',
      vip_renewdeadline: '10',
      vip_retryperiod: '2',
      ...(address !== undefined && { address }),
      // The API as every node has it at itself: the address of the service needs a network, which may need the virtual address.
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: '6444',
    };
    new ApiObject(this, 'DaemonSet', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'kube-vip' },
      spec: {
        selector: { matchLabels: labels('kube-vip') },
        template: {
          metadata: { labels: labels('kube-vip') },
          spec: {
            serviceAccountName: 'kube-vip',
            hostNetwork: true,
            priorityClassName: 'system-node-critical',
            nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
            tolerations: [
              { operator: 'Exists', effect: 'NoSchedule' },
              { operator: 'Exists', effect: 'NoExecute' },
            ],
            containers: [
              {
                name: 'kube-vip',
                image: KUBE_VIP,
                args: ['manager'],
                env: [
                  { name: 'vip_nodename', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
                  ...Object.entries(environment).map(([name, value]) => ({ name, value })),
                ],
                resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'], add: ['NET_ADMIN', 'NET_RAW'] },
                },
              },
            ],
          },
        },
      },
    });
  }

  private servicePool(range: string): void {
    this.account('kube-vip-cloud-controller', [
      rule('coordination.k8s.io', ['leases'], ['get', 'create', 'update', 'list', 'put']),
      rule('', ['configmaps', 'endpoints', 'events', 'services/status', 'leases'], ['*']),
      rule('', ['nodes', 'services'], ['list', 'get', 'watch', 'update']),
    ]);
    new ApiObject(this, 'Pool', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'kubevip' }, data: { 'range-global': range } });
    new ApiObject(this, 'CloudController', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'kube-vip-cloud-provider' },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels('kube-vip-cloud-provider') },
        template: {
          metadata: { labels: labels('kube-vip-cloud-provider') },
          spec: {
            serviceAccountName: 'kube-vip-cloud-controller',
            priorityClassName: 'system-cluster-critical',
            tolerations: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
            containers: [
              {
                name: 'kube-vip-cloud-provider',
                image: CLOUD_PROVIDER,
                command: ['/kube-vip-cloud-provider', '--leader-elect-resource-name=kube-vip-cloud-controller'],
                resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } },
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  runAsNonRoot: true,
                  runAsUser: 65_532,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    });
  }

  private account(name: string, rules: object[]): void {
    const scope = new Construct(this, name);
    new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
    new ApiObject(scope, 'Role', { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: `system:${name}`, namespace: '' }, rules });
    new ApiObject(scope, 'Binding', {
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name: `system:${name}`, namespace: '' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `system:${name}` },
      subjects: [{ kind: 'ServiceAccount', name, namespace: 'kube-system' }],
    });
  }

  /** @see https://docs.k3s.io/add-ons/helm#helmchart-field-definitions */
  private chart(release: KubernetesCluster['releases'][number]): void {
    new ApiObject(this, `chart-${release.name}`, {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { name: release.name },
      spec: {
        chart: release.chart,
        repo: release.repository,
        version: release.version,
        targetNamespace: release.namespace,
        createNamespace: true,
        // What pods need for their network cannot wait for it.
        ...(release === this.cluster.networkPlugin && { bootstrap: true }),
        valuesContent: toYaml(release.values),
      },
    });
  }
}

const RBAC = 'rbac.authorization.k8s.io/v1';

function rule(group: string, resources: string[], verbs: string[]): object {
  return { apiGroups: [group], resources, verbs };
}

function labels(name: string): Record<string, string> {
  return { 'app.kubernetes.io/name': name };
}
