import { Site, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Controller, EventScaling, KubernetesCluster, ScaleTrigger, Workload } from '@ashlar/kubernetes';
import { Vlan } from '@ashlar/network';
import { parse } from 'yaml';
import { CiliumServicePool, installCilium, K3sUpgrades } from '../../../packages/clusters/src';
import { lab } from '../../../packages/clusters/test/k3s/lab';
import type { KubernetesObject } from '../kubernetes/api-client';
import { CONTROL_PLANE, ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { applied, expectAccepted, expectRefused } from '../kubernetes/shown-objects';
import { describeWith } from '../tool';
import { Verdict } from '../verdict';
import { ciliumDefinitions } from './cilium-module';

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Fields = any;

const IMAGE = `ghcr.io/example/shop:1.4.2@sha256:${'a'.repeat(64)}`;
/** Kinds that nothing here defines: of K3s itself. */
const FOREIGN = ['HelmChart'];

/** A K3s cluster with its upgrades, and one that scales with events, has Cilium and announces its services. */
function objects(): [string, KubernetesObject][] {
  const { site, k3s } = lab();
  new K3sUpgrades(k3s());
  const other = new Site('cloud', { domain: 'cloud.example.net' });
  const pool = new Vlan(other, 'servers', { tag: 20, ipv4: '10.20.0.0/24' }).pool('lb', { use: 'load-balancer', from: 200, to: 219 });
  const cluster = new KubernetesCluster(other, 'cloud', { version: Version.of('1.34.2') });
  installCilium(cluster, {
    apiServer: 'localhost',
    apiPort: 7445,
    kubeProxyReplacement: true,
    operatorReplicas: 2,
    talos: true,
    announces: true,
  });
  cluster.installReleasesWith({ deliveryOf: () => ({ waits: '', check: ['true'] }) } as never);
  new CiliumServicePool(cluster.bootstrap, 'load-balancers', { pool });
  const shop = cluster.namespace('shop');
  const DAY = ScaleTrigger.cron({ start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 6 });
  const REQUESTS = ScaleTrigger.prometheus({
    server: 'http://prometheus.monitoring.svc:9090',
    query: 'sum(rate(requests[2m]))',
    threshold: 100,
  });
  new EventScaling(new Workload(shop, 'web', { image: IMAGE, port: 8080 }), 'scaling', { max: 10, triggers: [DAY, REQUESTS] });
  new Workload(shop, 'api', { image: IMAGE, port: 8080, controller: Controller.deployment({ autoscale: { max: 8 } }) });
  const files = { ...Testing.files(site), ...Testing.files(other) };
  return Object.entries(files)
    .filter(([path]) => path.startsWith('kubernetes/') && path.endsWith('.yaml') && !path.endsWith('.values.yaml'))
    .map(([path, text]): [string, KubernetesObject] => [path, parse(text) as KubernetesObject])
    .filter(([, { kind }]) => !FOREIGN.includes(kind));
}

/** One fault in an object of ours, and what the refusal tells. */
const BROKEN: readonly [title: string, kind: string, spoil: (object: Fields) => void, reason: RegExp][] = [
  ['a plan without an upgrade', 'Plan', plan => delete plan.spec.upgrade, /upgrade/],
  ['a plan with a misspelt field', 'Plan', plan => Object.assign(plan.spec, { cordn: true }), /cordn/],
  ['a plan that does all at once, in words', 'Plan', plan => Object.assign(plan.spec, { concurrency: 'all' }), /concurrency/],
  ['a scaled object without a target', 'ScaledObject', scaled => delete scaled.spec.scaleTargetRef, /scaleTargetRef/],
  ['a scaled object without triggers', 'ScaledObject', scaled => delete scaled.spec.triggers, /triggers/],
  ['a trigger without a type', 'ScaledObject', scaled => delete scaled.spec.triggers[0].type, /type/],
  ['a threshold as a number', 'ScaledObject', scaled => Object.assign(scaled.spec.triggers[1].metadata, { threshold: 100 }), /threshold/],
  ['a fallback that is none', 'ScaledObject', scaled => Object.assign(scaled.spec.fallback, { behavior: 'hope' }), /behavior/],
  ['an autoscaler without a maximum', 'HorizontalPodAutoscaler', hpa => delete hpa.spec.maxReplicas, /maxReplicas/],
  [
    'an autoscaler with less at most than at least',
    'HorizontalPodAutoscaler',
    hpa => Object.assign(hpa.spec, { maxReplicas: 1 }),
    /maxReplicas/,
  ],
  [
    'an autoscaler of nothing',
    'HorizontalPodAutoscaler',
    hpa => Object.assign(hpa.spec.metrics[0].resource.target, { averageUtilization: 0 }),
    /averageUtilization/,
  ],
  ['a pool with a misspelt block', 'CiliumLoadBalancerIPPool', pool => Object.assign(pool.spec.blocks[0], { strat: '10.0.0.1' }), /strat/],
  [
    'a pool with a prefix that is none',
    'CiliumLoadBalancerIPPool',
    pool => Object.assign(pool.spec, { blocks: [{ cidr: '10.20.0/24' }] }),
    /cidr/,
  ],
  [
    'an announcement of something else',
    'CiliumL2AnnouncementPolicy',
    policy => Object.assign(policy.spec, { loadBalancerIPs: 'all' }),
    /loadBalancerIPs/,
  ],
];

describeWith([...CONTROL_PLANE, 'shared'], 'objects of clusters, on a real API server', () => {
  const verdict = new Verdict('kube-apiserver 1.34.4: Plan, HPA, KEDA, Cilium');
  const shown = objects();
  let plane: ControlPlane;

  beforeAll(async () => {
    plane = await ControlPlane.start();
    for (const definition of ciliumDefinitions()) await applied(plane, definition);
    // The client remembers what it is told, so it is asked when all is there.
    for (const version of ['cilium.io/v2', 'cilium.io/v2alpha1']) {
      const wanted = shown.filter(([, object]) => object.apiVersion === version).map(([, { kind }]) => kind);
      await waitFor(`definitions of ${version}`, 60, async () => {
        const { body } = await plane.client.call('GET', `/apis/${version}`);
        const kinds: string[] = (body.resources ?? []).map((resource: { kind: string }) => resource.kind);
        return wanted.every(kind => kinds.includes(kind));
      });
    }
    const namespaces = new Set(shown.map(([, { metadata }]) => metadata.namespace).filter(name => name !== undefined));
    for (const name of namespaces) await applied(plane, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  });
  afterAll(() => plane?.stop());

  test('every object is accepted', async () => {
    const kinds = new Set(shown.map(([, { kind }]) => kind));
    for (const kind of ['Plan', 'ScaledObject', 'HorizontalPodAutoscaler', 'CiliumLoadBalancerIPPool', 'CiliumL2AnnouncementPolicy']) {
      expect(kinds).toContain(kind);
    }
    await expectAccepted(plane, verdict, shown);
  });

  test.each(BROKEN)('broken: %s', async (_, kind, spoil, reason) => {
    const object = structuredClone(shown.find(([, one]) => one.kind === kind)?.[1]) as Fields;
    spoil(object);
    await expectRefused(plane, verdict, object, reason);
  });
});
