import { type Command, Duration, type Lifecycle, type Step } from '@ashlar/core';
import { ready } from '@ashlar/kubernetes';
import type { IConstruct } from 'constructs';
import { controlPlaneName, workersName } from './cluster-objects';
import type { DownstreamCluster } from './downstream-cluster';

/** Nothing is done by hand or by command: each step waits for what Cluster API does. */
const NOTHING = { nothing: 'waiting changes nothing' } as const;

/**
 * A cluster comes when Argo CD has applied its objects. It goes down with the infrastructure: machines keep their disks. An upgrade is another
 * version in the program; control planes are replaced first, one after the other, then workers.
 */
export function downstreamLifecycle(cluster: DownstreamCluster): Lifecycle {
  const { factory } = cluster;
  return {
    startsAfter: [
      { on: factory, for: 'the controllers that make it' },
      { on: cluster.unit, for: 'its objects in the management cluster' },
      ...factory.infrastructure.standsOn.map(on => ({ on, for: 'its machines' })),
    ],
    start: [controlPlane(cluster), access(cluster)],
    upgrade: [upgraded(cluster), ...(cluster._plan.workers.max > 0 ? [rolledOut(cluster)] : [])],
    replace: machine =>
      factory.infrastructure.hosts.some(host => (host as IConstruct) === machine) ? { leave: [], join: [healthy(cluster)] } : undefined,
  };
}

function controlPlane(cluster: DownstreamCluster): Step {
  return {
    id: 'control-plane',
    title: `Wait until the API of ${cluster.name} answers`,
    action: { waits: `Cluster API makes ${cluster._plan.controlPlanes} control planes of ${cluster.name}, and starts etcd on the first.` },
    check: { command: wait(cluster, `taloscontrolplane/${controlPlaneName(cluster)}`, '--for=jsonpath={.status.initialized}=true') },
    undo: NOTHING,
    budget: Duration.minutes(15),
  };
}

/** Its kubeconfig is a Secret of the management cluster, which Cluster API renews. */
function access(cluster: DownstreamCluster): Step {
  const { name, factory } = cluster;
  return {
    id: 'access',
    title: `Get access to the cluster ${name}`,
    action: {
      run: [
        [
          'ashlar',
          'kubeconfig',
          '--cluster',
          name,
          '--context',
          factory.management.name,
          '--secret',
          `${cluster._plan.namespace}/${name}-kubeconfig`,
        ],
      ],
    },
    check: { command: ready(name) },
    undo: { nothing: 'a kubeconfig of a cluster that is gone reaches nothing' },
    budget: Duration.minutes(1),
  };
}

function upgraded(cluster: DownstreamCluster): Step {
  const { kubernetes } = cluster._plan;
  return {
    id: 'control-plane',
    title: `Wait until the control planes of ${cluster.name} have Kubernetes ${kubernetes}`,
    action: { waits: `Cluster API replaces one control plane of ${cluster.name} after the other.` },
    check: { command: wait(cluster, `taloscontrolplane/${controlPlaneName(cluster)}`, `--for=jsonpath={.status.version}=${kubernetes}`) },
    undo: { nothing: 'etcd goes back by a restore only' },
    budget: Duration.minutes(15 * cluster._plan.controlPlanes),
  };
}

function rolledOut(cluster: DownstreamCluster): Step {
  return {
    id: 'workers',
    title: `Wait until the workers of ${cluster.name} are replaced`,
    action: { waits: `Cluster API drains and replaces one worker of ${cluster.name} after the other.` },
    check: { command: wait(cluster, `machinedeployment/${workersName(cluster)}`, '--for=condition=RollingOut=False') },
    undo: NOTHING,
    budget: Duration.minutes(15 * Math.max(1, cluster._plan.workers.max)),
  };
}

function healthy(cluster: DownstreamCluster): Step {
  return {
    id: 'healthy',
    title: `Wait until all machines of ${cluster.name} are there again`,
    action: { waits: `Cluster API replaces the workers that ${cluster.name} lost; a control plane starts again on another host.` },
    check: { command: wait(cluster, `cluster/${cluster.name}`, '--for=condition=Available') },
    undo: NOTHING,
    budget: Duration.minutes(30),
  };
}

function wait(cluster: DownstreamCluster, object: string, until: string): Command {
  const { management } = cluster.factory;
  return ['kubectl', '--context', management.name, '--namespace', cluster._plan.namespace, 'wait', object, until, '--timeout=10s'];
}
