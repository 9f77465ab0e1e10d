import { spareMembers } from '../etcd/control-plane';
import type { ClusterInfrastructure } from './cluster-infrastructure';
import type { ClusterPlan, MachineRole, Manifest, Unnamed } from './cluster-plan';
import { talosPatches } from './talos-patches';
import { templateName } from './template-name';

/**
 * The objects by which Cluster API makes a cluster and keeps it. All of them, in the order of their files.
 *
 * A change of a machine is a template of another name; the machines follow one after the other, with one more at a time and none less.
 * A change of `version` replaces the control planes first: Cluster API makes no worker of a version that the API does not have yet.
 */
export function clusterObjects(plan: ClusterPlan, infrastructure: ClusterInfrastructure): Manifest[] {
  const machines = (role: MachineRole) => named(plan, role, infrastructure.machineTemplate(plan, role));
  const [controlPlanes, workers] = [machines('control-plane'), machines('worker')];
  const infrastructureCluster = withName(plan, infrastructure.cluster(plan));
  const bootstrap = bootstrapTemplate(plan, infrastructure);
  return [
    cluster(plan, infrastructureCluster),
    infrastructureCluster,
    controlPlanes,
    controlPlane(plan, controlPlanes, infrastructure),
    healthCheck(plan, 'control-plane', plan.controlPlanes),
    ...(plan.workers.max > 0
      ? [workers, bootstrap, machineDeployment(plan, workers, bootstrap), healthCheck(plan, 'worker', plan.workers.min)]
      : []),
  ];
}

/** What Argo CD deletes last: an old template, once nothing is made from it any more. */
const LAST = { 'argocd.argoproj.io/sync-options': 'PruneLast=true' };
/** Applied is enough: that it becomes ready takes Cilium, which Argo CD installs beside it. */
const APPLIED = { 'argocd.argoproj.io/ignore-healthcheck': 'true' };
/** What nobody deletes by removing a file: a person confirms it. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/ */
const CONFIRMED = { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' };

function cluster(plan: ClusterPlan, infrastructure: Manifest): Manifest {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'Cluster',
    metadata: { name: plan.name, namespace: plan.namespace, annotations: { ...APPLIED, ...CONFIRMED } },
    spec: {
      clusterNetwork: { pods: { cidrBlocks: [plan.pods] }, services: { cidrBlocks: [plan.services] }, serviceDomain: 'cluster.local' },
      controlPlaneRef: { apiGroup: CONTROL_PLANE, kind: 'TalosControlPlane', name: controlPlaneName(plan) },
      infrastructureRef: reference(infrastructure),
    },
  };
}

function controlPlane(plan: ClusterPlan, template: Manifest, infrastructure: ClusterInfrastructure): Manifest {
  return {
    apiVersion: `${CONTROL_PLANE}/v1alpha3`,
    kind: 'TalosControlPlane',
    metadata: { name: controlPlaneName(plan), namespace: plan.namespace, annotations: APPLIED },
    spec: {
      version: plan.kubernetes,
      replicas: plan.controlPlanes,
      infrastructureTemplate: {
        apiVersion: template.apiVersion,
        kind: template.kind,
        name: template.metadata.name,
        namespace: plan.namespace,
      },
      controlPlaneConfig: { controlplane: talosConfig(plan, 'control-plane', infrastructure) },
      rolloutStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    },
  };
}

function bootstrapTemplate(plan: ClusterPlan, infrastructure: ClusterInfrastructure): Manifest {
  const spec = talosConfig(plan, 'worker', infrastructure);
  return {
    apiVersion: `${BOOTSTRAP}/v1alpha3`,
    kind: 'TalosConfigTemplate',
    metadata: { name: templateName(plan, 'worker', spec), namespace: plan.namespace, annotations: LAST },
    spec: { template: { spec } },
  };
}

function talosConfig(plan: ClusterPlan, role: MachineRole, infrastructure: ClusterInfrastructure): object {
  return {
    generateType: role === 'worker' ? 'worker' : 'controlplane',
    talosVersion: plan.talos,
    hostname: { source: 'MachineName' },
    strategicPatches: talosPatches(plan, role, infrastructure.apiSegment === undefined),
  };
}

/** Without a number of replicas where the autoscaler chooses it: Argo CD would set it back. */
function machineDeployment(plan: ClusterPlan, template: Manifest, bootstrap: Manifest): Manifest {
  const { min, max } = plan.workers;
  const scaled = {
    'cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size': String(min),
    'cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size': String(max),
  };
  const labels = { ...clusterLabel(plan), [DEPLOYMENT_LABEL]: workersName(plan) };
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'MachineDeployment',
    metadata: {
      name: workersName(plan),
      namespace: plan.namespace,
      labels: clusterLabel(plan),
      annotations: { ...APPLIED, ...(min < max && scaled) },
    },
    spec: {
      clusterName: plan.name,
      ...(min === max && { replicas: min }),
      rollout: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
      remediation: { maxInFlight: 1 },
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          clusterName: plan.name,
          version: plan.kubernetes,
          bootstrap: { configRef: reference(bootstrap) },
          infrastructureRef: reference(template),
          deletion: { nodeDrainTimeoutSeconds: 600, nodeVolumeDetachTimeoutSeconds: 300 },
        },
      },
    },
  };
}

/**
 * Of workers one is replaced at a time, as long as not more than a third are unhealthy: more is the network or the host, which replacing
 * makes worse. The control plane provider replaces nothing by itself; there the check reports, and at most what etcd can spare.
 */
function healthCheck(plan: ClusterPlan, role: MachineRole, count: number): Manifest {
  const name = role === 'worker' ? workersName(plan) : controlPlaneName(plan);
  const selected = role === 'worker' ? { [DEPLOYMENT_LABEL]: name } : { 'cluster.x-k8s.io/control-plane': '' };
  const unhealthy = role === 'worker' ? Math.max(1, Math.floor(count / 3)) : spareMembers(count);
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'MachineHealthCheck',
    metadata: { name, namespace: plan.namespace, annotations: APPLIED },
    spec: {
      clusterName: plan.name,
      selector: { matchLabels: { ...clusterLabel(plan), ...selected } },
      checks: {
        nodeStartupTimeoutSeconds: 1200,
        unhealthyNodeConditions: ['Unknown', 'False'].map(status => ({ type: 'Ready', status, timeoutSeconds: 300 })),
      },
      remediation: { triggerIf: { unhealthyLessThanOrEqualTo: unhealthy } },
    },
  };
}

export function controlPlaneName(plan: { readonly name: string }): string {
  return `${plan.name}-control-plane`;
}

export function workersName(plan: { readonly name: string }): string {
  return `${plan.name}-workers`;
}

const CONTROL_PLANE = 'controlplane.cluster.x-k8s.io';
const BOOTSTRAP = 'bootstrap.cluster.x-k8s.io';
const DEPLOYMENT_LABEL = 'cluster.x-k8s.io/deployment-name';

function clusterLabel(plan: ClusterPlan): Record<string, string> {
  return { 'cluster.x-k8s.io/cluster-name': plan.name };
}

function named(plan: ClusterPlan, role: MachineRole, template: Unnamed): Manifest {
  return {
    apiVersion: template.apiVersion,
    kind: template.kind,
    metadata: { name: templateName(plan, role, template.spec), namespace: plan.namespace, annotations: LAST },
    spec: { template: { spec: template.spec } },
  };
}

function withName(plan: ClusterPlan, { apiVersion, kind, spec }: Unnamed): Manifest {
  return { apiVersion, kind, metadata: { name: plan.name, namespace: plan.namespace }, spec };
}

function reference(manifest: Manifest): object {
  return { apiGroup: manifest.apiVersion.split('/')[0], kind: manifest.kind, name: manifest.metadata.name };
}
