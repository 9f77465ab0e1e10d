import { type Lifecycle, needOf, pathOf, type Step } from '@ashlar/core';
import { K3sUpgrades } from '../../src';
import type { K3sNode } from '../../src/k3s/k3s-node';
import { lab, type TestHost, type TestMachine } from './lab';

const words = (steps: readonly Step[] | undefined) =>
  steps?.map(step => [step.id, 'command' in step.check ? step.check.command.join(' ') : step.check.ask]);
const needs = ({ startsAfter }: Lifecycle) => startsAfter.map(needOf).map(need => `${pathOf(need.on)} for ${need.for}`);

function small() {
  const parts = lab(({ machines }) => ({ servers: machines.slice(0, 2).concat(machines[2] as TestMachine) }));
  return { ...parts, cluster: parts.k3s() };
}

test('servers start one after the other, agents after the last: so the API is there longest', () => {
  const { k3s } = lab(({ machines }) => ({ servers: machines.slice(0, 1), agents: machines.slice(1) }));
  expect(k3s().nodes.map(node => needs(node.lifecycle))).toEqual([
    [],
    ['lab/prod/k3s-1 for the API that it joins'],
    ['lab/prod/k3s-1 for the API that it joins'],
  ]);
  const { cluster } = small();
  expect(cluster.nodes.map(node => needs(node.lifecycle))).toEqual([
    [],
    ['lab/prod/k3s-1 for the etcd that it joins'],
    ['lab/prod/k3s-2 for the etcd that it joins'],
  ]);
  expect(needs(cluster.lifecycle)).toEqual([
    'lab/prod/k3s-1 for its nodes',
    'lab/prod/k3s-2 for its nodes',
    'lab/prod/k3s-3 for its nodes',
  ]);
});

test('the first server gives access to the API; every node is waited for, and opened where it was closed', () => {
  const { cluster } = small();
  const [first, second] = cluster.nodes.map(node => words(node.lifecycle.start));
  expect(second).toEqual([
    ['ready', 'kubectl --context prod wait node/k3s-2 --for=condition=Ready --timeout=5s'],
    [
      'open',
      'kubectl --context prod wait node --all --field-selector=metadata.name=k3s-2,spec.unschedulable=false --for=jsonpath={.metadata.name}=k3s-2 --timeout=5s',
    ],
  ]);
  expect(first?.map(([id]) => id)).toEqual(['api', 'access', 'ready', 'open']);
  expect(cluster.nodes[0]?.lifecycle.start?.[1]?.action).toEqual({
    run: [['ashlar', 'kubeconfig', '--cluster', 'prod', '--server', 'https://10.20.0.5:6443', '--from', 'admin@10.20.0.11']],
  });
});

test('a node goes down emptied, whatever budgets say, for everything goes down', () => {
  const { cluster } = small();
  const { stop } = (cluster.nodes[1] as K3sNode).lifecycle;
  expect(stop?.map(step => step.action)).toEqual([
    { run: [['kubectl', '--context', 'prod', 'cordon', 'k3s-2']] },
    {
      run: [
        [
          'kubectl',
          '--context',
          'prod',
          'drain',
          'k3s-2',
          '--ignore-daemonsets',
          '--delete-emptydir-data',
          '--disable-eviction',
          '--force',
          '--timeout=10m',
        ],
      ],
    },
  ]);
});

test('a machine is replaced within budgets, and its member of etcd goes with it', () => {
  const { cluster, machines } = small();
  const { replace } = (cluster.nodes[1] as K3sNode).lifecycle;
  const { leave, join } = replace?.(machines[1] as TestMachine) ?? { leave: [], join: [] };
  expect(leave.map(step => step.id)).toEqual(['close', 'empty', 'remove']);
  expect(leave[1]?.action).toEqual({
    run: [['kubectl', '--context', 'prod', 'drain', 'k3s-2', '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=10m']],
  });
  expect(join.map(step => step.id)).toEqual(['ready', 'open']);
});

test('when the host under a machine is replaced, the machine moves and the node stays a member; another host is nothing to it', () => {
  const { cluster, hosts } = small();
  const { replace } = (cluster.nodes[1] as K3sNode).lifecycle;
  const { leave, join } = replace?.(hosts[1] as TestHost) ?? { leave: [], join: [] };
  expect([...leave, ...join].map(step => step.id)).toEqual(['close', 'empty', 'ready', 'open']);
  expect(replace?.(hosts[0] as TestHost)).toBeUndefined();
});

test('a cluster is up when it has what it begins with, and comes back from a snapshot by hand', () => {
  const { cluster } = small();
  expect(words(cluster.lifecycle.start)).toEqual([
    ['bootstrap', 'kubectl --context prod get --filename kubernetes/prod/bootstrap --output=name --request-timeout=10s'],
  ]);
  expect(cluster.lifecycle.restore?.map(step => [step.action, step.destroys])).toEqual([
    [
      {
        byHand:
          'Stop k3s on every server. On k3s-1, run: k3s server --cluster-reset --cluster-reset-restore-path=<snapshot>, with the newest of: k3s etcd-snapshot list; then start k3s. Then remove /var/lib/rancher/k3s/server/db on k3s-2, k3s-3, and start k3s on each.',
      },
      'everything that was written to the API of prod since the snapshot',
    ],
  ]);
});

test('an upgrade is over when every node says the version', () => {
  const { cluster } = small();
  const { upgrade } = new K3sUpgrades(cluster).lifecycle;
  expect(words(upgrade)).toEqual([
    ['plans', 'kubectl --context prod diff --server-side --field-manager=ashlar --filename kubernetes/prod/system-upgrade'],
    ['nodes', 'kubectl --context prod wait node --all --for=jsonpath={.status.nodeInfo.kubeletVersion}=v1.34.2+k3s1 --timeout=10s'],
  ]);
});

test('nodes use the names of their mirrors, so that what answers there is up before', () => {
  const { k3s } = lab(() => ({ registries: { mirrors: { 'docker.io': ['https://registry.lab.example.net:5000/v2/hub'] } } }));
  expect(k3s().nodes[1]?.lifecycle.uses).toEqual([{ name: 'registry.lab.example.net', for: 'its images' }]);
});
