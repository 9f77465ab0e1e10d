import { type Command, Duration, type ILifecycle, type Lifecycle } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { K3sCluster } from './k3s-cluster';

/** As of November 2025. @see https://github.com/rancher/system-upgrade-controller/releases */
const CONTROLLER = 'rancher/system-upgrade-controller:v0.17.0';
const NAME = 'system-upgrade-controller';

/**
 * Upgrades a K3s cluster to the version that the program names, a node at a time: servers first, each cordoned, so that etcd
 * keeps its majority; agents after the last server, each drained.
 *
 * An upgrade is a change of `version` in the program. The controller reads it from the plans, which Argo CD applies.
 * @see https://docs.k3s.io/upgrades/automated
 */
export class K3sUpgrades extends Construct implements ILifecycle {
  constructor(private readonly cluster: K3sCluster) {
    super(cluster.namespace('system-upgrade', { podSecurity: 'privileged' }), NAME);
    const controller = this.controller(cluster);
    this.plan('server', cluster, { nodeSelector: controlPlane('In', ['true']), cordon: true }).node.addDependency(controller);
    this.plan('agent', cluster, {
      nodeSelector: controlPlane('DoesNotExist'),
      prepare: { image: 'rancher/k3s-upgrade', args: ['prepare', 'server-plan'] },
      drain: { deleteEmptydirData: true, force: true, ignoreDaemonSets: true, skipWaitForDeleteTimeout: 60 },
    }).node.addDependency(controller);
  }

  /** The controller does it, once the plans name another version. A node at a time, so the time grows with their number. */
  public get lifecycle(): Lifecycle {
    const { name, version, nodes, installer } = this.cluster;
    const on = (...args: string[]): Command => ['kubectl', '--context', name, ...args];
    const folder = `kubernetes/${name}/system-upgrade`;
    const applied = on('diff', '--server-side', '--field-manager=ashlar', '--filename', folder);
    // The plans write a release without the sign that no label may have.
    const planned = `--for=jsonpath={.status.latestVersion}=${String(version).replace('+', '-')}`;
    return {
      startsAfter: [this.cluster],
      upgrade: [
        {
          id: 'plans',
          title: `Bring the plans for ${version} to ${name}`,
          action: installer
            ? { waits: 'They come with the commit.' }
            : { run: [on('apply', '--server-side', '--field-manager=ashlar', '--filename', folder)] },
          check: {
            command: installer
              ? on('wait', 'plan.upgrade.cattle.io', '--all', '--namespace=system-upgrade', planned, '--timeout=5s')
              : applied,
          },
          undo: { nothing: 'restore a snapshot of etcd from before: K3s does not go back by itself' },
          budget: Duration.minutes(15),
        },
        {
          id: 'nodes',
          title: `Wait until every node of ${name} runs ${version}`,
          action: { waits: 'Servers follow one at a time, each cordoned; agents after the last server, each drained.' },
          check: { command: on('wait', 'node', '--all', `--for=jsonpath={.status.nodeInfo.kubeletVersion}=${version}`, '--timeout=10s') },
          undo: { nothing: 'restore a snapshot of etcd from before: K3s does not go back by itself' },
          budget: Duration.minutes(10 * nodes.length),
        },
      ],
    };
  }

  private plan(role: string, cluster: K3sCluster, spec: object): ApiObject {
    return new ApiObject(this, `${role}-plan`, {
      apiVersion: 'upgrade.cattle.io/v1',
      kind: 'Plan',
      // The controller brings the definition itself, after Argo CD has checked this against the cluster.
      metadata: { name: `${role}-plan`, annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } },
      spec: {
        concurrency: 1,
        serviceAccountName: NAME,
        upgrade: { image: 'rancher/k3s-upgrade' },
        version: String(cluster.version),
        ...spec,
      },
    });
  }

  private controller(cluster: K3sCluster): Construct {
    const scope = new Construct(this, 'controller');
    new ApiObject(scope, 'ServiceAccount', { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: NAME } });
    new ApiObject(scope, 'Role', { apiVersion: RBAC, kind: 'ClusterRole', metadata: { name: NAME, namespace: '' }, rules: RULES });
    new ApiObject(scope, 'Binding', {
      apiVersion: RBAC,
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME, namespace: '' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: NAME },
      subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: 'system-upgrade' }],
    });
    new ApiObject(scope, 'Policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: NAME },
      spec: {
        podSelector: { matchLabels: LABELS },
        policyTypes: ['Egress'],
        egress: [
          {
            to: cluster.nodeAddresses.map(cidr => ({ ipBlock: { cidr } })),
            ports: [{ protocol: 'TCP', port: 6443 }],
          },
        ],
      },
    });
    new ApiObject(scope, 'Deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: NAME },
      spec: {
        replicas: 1,
        selector: { matchLabels: LABELS },
        template: {
          metadata: { labels: LABELS },
          spec: {
            serviceAccountName: NAME,
            nodeSelector: { 'node-role.kubernetes.io/control-plane': 'true' },
            tolerations: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }],
            securityContext: { runAsNonRoot: true, runAsUser: 65_534, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                name: NAME,
                image: CONTROLLER,
                env: [
                  ...Object.entries(SETTINGS).map(([name, value]) => ({ name, value })),
                  { name: 'SYSTEM_UPGRADE_CONTROLLER_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
                ],
                resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '256Mi' } },
                securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }],
          },
        },
      },
    });
    return scope;
  }
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const LABELS = { 'app.kubernetes.io/name': NAME };

/** @see https://github.com/rancher/system-upgrade-controller#environment-variables */
const SETTINGS = {
  SYSTEM_UPGRADE_CONTROLLER_NAME: NAME,
  SYSTEM_UPGRADE_CONTROLLER_THREADS: '2',
  SYSTEM_UPGRADE_JOB_ACTIVE_DEADLINE_SECONDS: '900',
  SYSTEM_UPGRADE_JOB_BACKOFF_LIMIT: '99',
  SYSTEM_UPGRADE_JOB_PRIVILEGED: 'true',
  SYSTEM_UPGRADE_JOB_TTL_SECONDS_AFTER_FINISH: '900',
  SYSTEM_UPGRADE_PLAN_POLLING_INTERVAL: '15m',
};

const RULES = [
  { apiGroups: [''], resources: ['namespaces', 'secrets'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch', 'update', 'patch'] },
  { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch', 'delete'] },
  { apiGroups: [''], resources: ['pods/eviction'], verbs: ['create'] },
  { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch', 'update'] },
  { apiGroups: ['apps'], resources: ['daemonsets', 'statefulsets', 'replicasets'], verbs: ['get', 'list', 'watch'] },
  { apiGroups: ['batch'], resources: ['jobs'], verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] },
  { apiGroups: ['upgrade.cattle.io'], resources: ['plans', 'plans/status'], verbs: ['*'] },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch'],
  },
  { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['get', 'list', 'watch', 'create', 'update'] },
];

function controlPlane(operator: string, values?: string[]): object {
  return { matchExpressions: [{ key: 'node-role.kubernetes.io/control-plane', operator, ...(values && { values }) }] };
}
