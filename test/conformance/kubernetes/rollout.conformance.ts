import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describeWith, filesBelow, outputs } from '../tool';
import { Verdict } from '../verdict';
import { type KubernetesObject, told } from './api-client';
import { CONTROL_PLANE, ControlPlane } from './control-plane';
import { waitFor } from './process';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
const ZONES = ['pve-01', 'pve-02', 'pve-03'];

// biome-ignore lint/suspicious/noExplicitAny: bodies of the API server
type Body = any;

describeWith([...CONTROL_PLANE, 'shared'], 'the scheduler and simulated nodes', () => {
  const objects = outputs().flatMap(({ folder }) =>
    filesBelow(join(folder, 'kubernetes'), f => f.endsWith('.yaml')).map(file => parse(readFileSync(file, 'utf8')) as KubernetesObject),
  );
  const workloads = objects.filter(object => WORKLOADS.includes(object.kind));
  let plane: ControlPlane;
  const verdict = new Verdict('kube-scheduler 1.34.4 and KWOK, rolled out');
  const get = async (path: string): Promise<Body> => (await plane.client.call('GET', path)).body;
  const apply = async (object: KubernetesObject): Promise<void> => {
    const answer = await plane.client.apply(object, false);
    if (answer.status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${told(answer)}`);
  };
  const statusOf = async (workload: KubernetesObject): Promise<Body> => get((await plane.client.pathOf(workload)) as string);
  const podsOf = async (workload: Body): Promise<Body[]> => {
    const selector = Object.entries(workload.spec.selector.matchLabels)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
    return (await get(`/api/v1/namespaces/${workload.metadata.namespace}/pods?labelSelector=${encodeURIComponent(selector)}`)).items;
  };

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await plane.startControllers();
    for (const [i, zone] of ZONES.entries()) await apply(node(`k3s-${i + 1}`, zone));
    // The controllers take the taint of a new node away a moment after it is ready.
    await waitFor('three ready nodes without taints', 90, async () => {
      const { items } = await get('/api/v1/nodes');
      const ready = (n: Body) => n.status?.conditions?.some((c: Body) => c.type === 'Ready' && c.status === 'True') && !n.spec.taints;
      return items.filter(ready).length === ZONES.length;
    });
    const namespaces = new Set(objects.map(object => object.metadata.namespace).filter(name => name !== undefined));
    for (const name of namespaces) await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    const builtIn = objects.filter(o =>
      /^(v1|apps\/v1|batch\/v1|policy\/v1|networking\.k8s\.io\/v1|rbac\.authorization\.k8s\.io\/v1|autoscaling\/v2)$/.test(o.apiVersion),
    );
    const first = (o: KubernetesObject) =>
      o.kind === 'Namespace' ? 0 : o.kind === 'ServiceAccount' ? 1 : WORKLOADS.includes(o.kind) ? 3 : 2;
    for (const object of builtIn.sort((a, b) => first(a) - first(b))) await apply(object);
  });
  afterAll(() => plane?.stop());

  test('every workload of every app is rolled out', async () => {
    expect(workloads.length).toBeGreaterThan(2);
    for (const workload of workloads) {
      await waitFor(`${workload.kind} ${workload.metadata.namespace}/${workload.metadata.name}`, 90, async () => {
        const { status, spec, metadata } = await statusOf(workload);
        if (status?.observedGeneration !== metadata.generation) return false;
        if (workload.kind === 'DaemonSet') return status.desiredNumberScheduled > 0 && status.numberReady === status.desiredNumberScheduled;
        return (status.readyReplicas ?? 0) === spec.replicas;
      }).catch(async error => {
        const pods = await podsOf(workload);
        throw new Error(
          `${error.message}: ${JSON.stringify(pods.flatMap(pod => pod.status?.conditions ?? []).filter((c: Body) => c.status !== 'True')).slice(0, 600)}`,
        );
      });
      verdict.took(1);
    }
  });

  test('replicas are on hosts of their own, and a disruption is allowed', async () => {
    const replicated = workloads.filter(w => w.kind !== 'DaemonSet' && Number((w.spec as Body).replicas) > 1);
    expect(replicated.length).toBeGreaterThan(0);
    for (const workload of replicated) {
      const pods = await podsOf(await statusOf(workload));
      const hosts = pods.map(pod => pod.spec.nodeName);
      expect(hosts).toHaveLength(Number((workload.spec as Body).replicas));
      expect(new Set(hosts).size).toBe(Math.min(hosts.length, ZONES.length));
    }
    const budgets = objects.filter(o => o.kind === 'PodDisruptionBudget');
    expect(budgets.length).toBeGreaterThan(0);
    for (const budget of budgets) {
      await waitFor(`the budget ${budget.metadata.name}`, 60, async () => (await statusOf(budget)).status?.disruptionsAllowed >= 1);
    }
  });

  test('broken: what needs more than any node has stays pending, and says so', async () => {
    const whole = workloads.find(w => w.kind === 'Deployment' && w.metadata.name === 'web') as Body;
    const giant = structuredClone(whole);
    giant.metadata = { name: 'giant', namespace: whole.metadata.namespace };
    giant.spec.selector.matchLabels = { app: 'giant' };
    giant.spec.template.metadata.labels = { app: 'giant' };
    giant.spec.template.spec.containers[0].resources = { requests: { cpu: '64' }, limits: { cpu: '64' } };
    await apply(giant);
    await waitFor('the refusal of the scheduler', 60, async () => {
      const pods = await podsOf(giant);
      return (
        pods.length > 0 &&
        pods.every(pod => pod.status.conditions?.some((c: Body) => c.reason === 'Unschedulable' && /Insufficient cpu/.test(c.message)))
      );
    });
    verdict.sawBroken(true);
  });
});

function node(name: string, zone: string): KubernetesObject {
  const resources = { cpu: '3', memory: '8Gi', pods: '110', 'ephemeral-storage': '80Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'topology.kubernetes.io/zone': zone,
        'node-role.kubernetes.io/control-plane': 'true',
      },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    status: { allocatable: resources, capacity: resources },
  };
}
