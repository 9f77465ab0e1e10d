import { type Command, Duration, failureDomains, type IInstance, type Lifecycle, type Replacement, type Step } from '@ashlar/core';
import { ready } from '@ashlar/kubernetes';
import type { K3sCluster } from './k3s-cluster';
import type { K3sNode, K3sNodeProps } from './k3s-node';
import { registryNames } from './k3s-registries';

/** From a machine that runs to a node that is ready: the installer, the binary, the images of the node's own pods. */
const BEGIN = Duration.minutes(10);
const JOIN = Duration.minutes(3);
/** One question to the API, and its check. */
const MOMENT = Duration.seconds(20);
/** The longest that pods may take to end. */
const DRAIN = Duration.minutes(10);

const NOTHING = { nothing: 'the node goes with its machine' } as const;

/** How a node comes up, goes down, and does without its machine. Servers follow each other: etcd takes one new member at a time. */
export function nodeLifecycle(cluster: K3sCluster, machine: IInstance, role: K3sNodeProps['role'], after: readonly K3sNode[]): Lifecycle {
  const node = machine.hostName;
  const on = (...args: string[]): Command => ['kubectl', '--context', cluster.name, ...args];
  const joined = joinSteps(on, node);
  return {
    startsAfter: after.map(other => ({ on: other, for: role === 'agent' ? 'the API that it joins' : 'the etcd that it joins' })),
    uses: registryNames(cluster.registries),
    start: role === 'begin' ? [...accessSteps(cluster, machine), ...joined] : joined,
    stop: emptySteps(on, node, ['--disable-eviction', '--force']),
    replace(leaving) {
      // Under a machine that only moves, the node stays what it is: a member of etcd that was removed does not come back by itself.
      if (failureDomains(machine).has(leaving)) return { leave: emptySteps(on, node, []), join: joinSteps(on, node) };
      if (leaving !== machine) return undefined;
      return {
        leave: [...emptySteps(on, node, []), removeStep(on, node)],
        join: joinSteps(on, node, BEGIN),
      } satisfies Replacement;
    },
  };
}

type Kubectl = (...args: string[]) => Command;

/** The way to the API for everything that follows. */
function accessSteps(cluster: K3sCluster, machine: IInstance): Step[] {
  const api = `https://${cluster.apiAddress.ip}:6443`;
  return [
    {
      id: 'api',
      title: `Wait for the API of ${cluster.name}`,
      action: { waits: `${machine.hostName} installs K3s at its first boot and begins the cluster.` },
      check: { command: ['curl', '--silent', '--insecure', '--fail', '--max-time', '5', '--output', '/dev/null', `${api}/cacerts`] },
      undo: NOTHING,
      budget: BEGIN,
    },
    {
      id: 'access',
      title: `Get access to ${cluster.name}`,
      action: {
        run: [
          [
            'ashlar',
            'kubeconfig',
            '--cluster',
            cluster.name,
            '--server',
            api,
            '--from',
            `${cluster.adminUser}@${machine.addresses[0]?.ip}`,
          ],
        ],
      },
      check: { command: ready(cluster.name) },
      undo: { nothing: 'access is of no use without the cluster' },
      budget: Duration.minutes(1),
    },
  ];
}

/** A node that was emptied stays closed until somebody opens it, also across a restart. */
function joinSteps(on: Kubectl, node: string, budget = JOIN): Step[] {
  return [
    {
      id: 'ready',
      title: `Wait for the node ${node}`,
      action: { waits: `${node} joins as soon as its machine runs.` },
      check: { command: on('wait', `node/${node}`, '--for=condition=Ready', '--timeout=5s') },
      undo: NOTHING,
      budget,
    },
    {
      id: 'open',
      title: `Let pods onto ${node}`,
      action: { run: [on('uncordon', node)] },
      check: { command: inState(on, node, false) },
      undo: { run: [on('cordon', node)] },
      budget: MOMENT,
    },
  ];
}

/** Pods end in their own time, and databases write down what they hold. */
function emptySteps(on: Kubectl, node: string, how: readonly string[]): Step[] {
  return [
    {
      id: 'close',
      title: `Keep new pods from ${node}`,
      action: { run: [on('cordon', node)] },
      check: { command: inState(on, node, true) },
      undo: { run: [on('uncordon', node)] },
      budget: MOMENT,
    },
    {
      id: 'empty',
      title: `End the pods of ${node}`,
      action: {
        run: [on('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', ...how, `--timeout=${DRAIN.toGo()}`)],
      },
      check: { command: emptied(on, node) },
      undo: { run: [on('uncordon', node)] },
      budget: Duration.minutes(DRAIN.toMinutes() + 1),
    },
  ];
}

/** K3s removes the member of etcd with the node. */
function removeStep(on: Kubectl, node: string): Step {
  return {
    id: 'remove',
    title: `Remove the node ${node}, and its member of etcd`,
    action: { run: [on('delete', 'node', node, '--ignore-not-found')] },
    check: { command: on('wait', `node/${node}`, '--for=delete', '--timeout=5s') },
    undo: { nothing: 'it registers again when it starts' },
    budget: Duration.minutes(2),
  };
}

/** Ends with 0 when the node is there, and closed or open. */
function inState(on: Kubectl, node: string, closed: boolean): Command {
  const selector = `metadata.name=${node},spec.unschedulable=${closed}`;
  return on('wait', 'node', '--all', `--field-selector=${selector}`, `--for=jsonpath={.metadata.name}=${node}`, '--timeout=5s');
}

/** Ends with 0 when nothing is left on the node but the pods of DaemonSets. */
function emptied(on: Kubectl, node: string): Command {
  return on(
    'wait',
    'pod',
    '--all-namespaces',
    '--selector=!pod-template-generation',
    `--field-selector=spec.nodeName=${node}`,
    '--for=delete',
    '--timeout=10s',
  );
}
