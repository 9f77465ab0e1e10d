import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, Step } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import type { K3sNode } from '../../../packages/clusters/src/k3s/k3s-node';
import { lab } from '../../../packages/clusters/test/k3s/lab';
import type { KubernetesObject } from '../kubernetes/api-client';
import { CONTROL_PLANE, ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { applied } from '../kubernetes/shown-objects';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';

const RELEASE = 'v1.34.2+k3s1';
const NAMES = ['k3s-1', 'k3s-2', 'k3s-3'];

/** Two of three may never be away: what DRAIN_NEVER_ENDS is about. */
class Stubborn extends Construct {
  public readonly disruption = { replicas: 2, minAvailable: 2 };
}

describeWith([...CONTROL_PLANE, 'kubectl', 'shared'], 'steps of K3s nodes, on a real API server with simulated nodes', () => {
  const verdict = new Verdict('kubectl 1.34.4: steps, drains with budgets');
  const { k3s } = lab();
  const cluster = k3s();
  let plane: ControlPlane;
  let folder: string;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await plane.startControllers();
    folder = mkdtempSync(join(tmpdir(), 'drain-'));
    const { port, token } = plane.access;
    const kubeconfig = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'prod', cluster: { server: `https://127.0.0.1:${port}`, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'prod', user: { token } }],
      contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'prod' } }],
    };
    writeFileSync(join(folder, 'kubeconfig'), JSON.stringify(kubeconfig), { mode: 0o600 });
    for (const name of NAMES) await applied(plane, node(name));
    await applied(plane, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    await waitFor('three ready nodes', 90, async () =>
      NAMES.every(name => runs(['kubectl', '--context', 'prod', 'wait', `node/${name}`, '--for=condition=Ready', '--timeout=5s'])),
    );
  });
  afterAll(async () => {
    await plane?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  const call = ([program, ...args]: Command) => {
    const path = program === 'kubectl' ? (tool('kubectl') as string) : program;
    return spawnSync(path, args, { encoding: 'utf8', timeout: 120_000, env: { ...process.env, KUBECONFIG: join(folder, 'kubeconfig') } });
  };
  const runs = (command: Command) => call(command).status === 0;
  const done = (step: Step) => 'command' in step.check && runs(step.check.command);
  /** Does what a step says, as its runner would: not what is done already, and its check until it holds. */
  const take = async (step: Step): Promise<boolean> => {
    if (!done(step) && 'run' in step.action && !step.action.run.every(runs)) return false;
    return waitFor(step.title, 30, async () => done(step)).then(
      () => true,
      () => false,
    );
  };
  const named = (steps: readonly Step[] | undefined, ...ids: string[]) => (steps ?? []).filter(step => ids.includes(step.id));
  const second = () => cluster.nodes[1] as K3sNode;
  const rolledOut = (name: string, replicas: number) =>
    waitFor(`${name} with ${replicas} pods`, 60, async () => {
      const { body } = await plane.client.call('GET', `/apis/apps/v1/namespaces/shop/deployments/${name}`);
      return body.status?.readyReplicas === replicas;
    });

  test('a node that is ready and open is found so, one that is not there is not', () => {
    for (const step of second().lifecycle.start ?? []) expect([step.id, done(step)]).toEqual([step.id, true]);
    const missing = (second().lifecycle.start ?? []).map(step => {
      const { command } = step.check as { command: Command };
      return runs(command.map(word => word.replaceAll('k3s-2', 'k3s-9')) as unknown as Command);
    });
    verdict.took(2);
    for (const found of missing) verdict.sawBroken(!found);
    expect(missing).toEqual([false, false]);
  });

  test('a budget that lets one be away lets a node be emptied, and opened again', async () => {
    await applied(plane, deployment('web', 3));
    await applied(plane, budget('web', 2));
    await rolledOut('web', 3);
    const { leave } = second().lifecycle.replace?.(second().machine) ?? { leave: [] };
    for (const step of named(leave, 'close', 'empty')) {
      expect([step.id, done(step)]).toEqual([step.id, false]);
      expect([step.id, await take(step)]).toEqual([step.id, true]);
      verdict.took(1);
    }
    const [open] = named(second().lifecycle.start, 'open');
    expect(done(open as Step)).toBe(false);
    expect(await take(open as Step)).toBe(true);
    await rolledOut('web', 3);
  });

  test('broken: a budget that wants everything always there never lets go, as DRAIN_NEVER_ENDS says', async () => {
    const { site, k3s: other } = lab();
    new Stubborn(other().namespace('shop'), 'stubborn');
    expect(Testing.findings(site).map(finding => finding.slice(-19))).toEqual([' (DRAIN_NEVER_ENDS)']);

    await applied(plane, deployment('stubborn', 2, 'k3s-2'));
    await applied(plane, budget('stubborn', 2));
    await rolledOut('stubborn', 2);
    const drain = [
      'kubectl',
      '--context',
      'prod',
      'drain',
      'k3s-2',
      '--ignore-daemonsets',
      '--delete-emptydir-data',
      '--timeout=12s',
    ] as const;
    const { status, stderr } = call(drain);
    verdict.sawBroken(status !== 0);
    expect(stderr).toMatch(/Cannot evict pod as it would violate the pod's disruption budget/);
    expect(status).not.toBe(0);
  });

  test('when everything goes down, budgets are not asked', async () => {
    for (const step of second().lifecycle.stop ?? []) expect([step.id, await take(step)]).toEqual([step.id, true]);
    verdict.took(1);
  });

  test('a node that is removed is gone', async () => {
    const { leave } = second().lifecycle.replace?.(second().machine) ?? { leave: [] };
    const [remove] = named(leave, 'remove');
    expect(done(remove as Step)).toBe(false);
    expect(await take(remove as Step)).toBe(true);
    verdict.took(1);
  });

  test('an upgrade is over when every node runs the release, and not before', async () => {
    const check = [
      'kubectl',
      '--context',
      'prod',
      'wait',
      'node',
      '--all',
      `--for=jsonpath={.status.nodeInfo.kubeletVersion}=${RELEASE}`,
      '--timeout=3s',
    ] as const;
    verdict.sawBroken(!runs(check));
    for (const name of ['k3s-1', 'k3s-3']) {
      const nodeInfo = {
        kubeletVersion: RELEASE,
        kubeProxyVersion: '',
        machineID: '',
        systemUUID: '',
        bootID: '',
        kernelVersion: '',
        osImage: '',
        containerRuntimeVersion: '',
        operatingSystem: 'linux',
        architecture: 'amd64',
      };
      await plane.client.call('PATCH', `/api/v1/nodes/${name}/status`, { status: { nodeInfo } }, 'application/merge-patch+json');
    }
    verdict.took(1);
    expect(runs(check)).toBe(true);
  });
});

function node(name: string): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' },
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
    },
    status: { allocatable: { cpu: '4', memory: '16Gi', pods: '110' }, capacity: { cpu: '4', memory: '16Gi', pods: '110' } },
  };
}

function deployment(name: string, replicas: number, on?: string): KubernetesObject {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name, image: 'ghcr.io/example/shop:1.4.2' }],
          ...(on && { nodeSelector: { 'kubernetes.io/hostname': on } }),
          topologySpreadConstraints: on
            ? []
            : [
                {
                  maxSkew: 1,
                  topologyKey: 'kubernetes.io/hostname',
                  whenUnsatisfiable: 'ScheduleAnyway',
                  labelSelector: { matchLabels: labels },
                },
              ],
        },
      },
    },
  };
}

function budget(name: string, minAvailable: number): KubernetesObject {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace: 'shop' },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  };
}
