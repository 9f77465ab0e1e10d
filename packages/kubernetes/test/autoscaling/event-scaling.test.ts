import { Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { App, Chart } from 'cdk8s';
import { load } from 'js-yaml';
import { Controller, EventScaling, type EventScalingProps, KubernetesCluster, ScaleTrigger, Workload, type WorkloadProps } from '../../src';

const image = `ghcr.io/example/shop:1.4.2@sha256:${'a'.repeat(64)}`;
const REQUESTS = ScaleTrigger.prometheus({
  server: 'http://prometheus.monitoring.svc:9090',
  query: 'sum(rate(requests[2m]))',
  threshold: 100,
});
const DAY = ScaleTrigger.cron({ start: '0 8 * * 1-5', end: '0 18 * * 1-5', replicas: 6, timeZone: 'Europe/Berlin' });

let chart: Chart;
beforeEach(() => {
  chart = new Chart(new App(), 'shop', { namespace: 'shop' });
});
const web = (props: Partial<WorkloadProps> = {}) => new Workload(chart, 'web', { image, port: 8080, ...props });
const scaled = (props: Partial<EventScalingProps> = {}, workload = web()) =>
  new EventScaling(workload, 'scaling', { max: 10, triggers: [REQUESTS, DAY], ...props });
const find = (kind: string) => chart.toJson().find(object => object.kind === kind);

test('a workload has as many pods as its triggers ask for, and its manifest says no number', () => {
  scaled();
  expect(find('Deployment').spec).not.toHaveProperty('replicas');
  expect(find('ScaledObject')).toMatchObject({
    apiVersion: 'keda.sh/v1alpha1',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicaCount: 2,
      maxReplicaCount: 10,
      fallback: { failureThreshold: 3, replicas: 2, behavior: 'currentReplicasIfHigher' },
      triggers: [
        {
          type: 'prometheus',
          metadata: { serverAddress: 'http://prometheus.monitoring.svc:9090', query: 'sum(rate(requests[2m]))', threshold: '100' },
        },
        { type: 'cron', metadata: { timezone: 'Europe/Berlin', start: '0 8 * * 1-5', end: '0 18 * * 1-5', desiredReplicas: '6' } },
      ],
    },
  });
});

test('in a cluster, KEDA is there before the workload', () => {
  const cluster = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  const shop = cluster.namespace('shop');
  scaled({}, new Workload(shop, 'web', { image, port: 8080 }));
  expect(cluster.releases.map(release => `${release.namespace}/${release.name}`)).toEqual(['keda/keda']);
  expect(shop.startsAfter).toEqual(cluster.releases);
  const [, text] = shop.render().find(([file]) => file.startsWith('ScaledObject')) ?? [];
  expect(load(text as string)).toMatchObject({ kind: 'ScaledObject', spec: { maxReplicaCount: 10 } });
});

test('nothing runs where it may: a trigger that cannot be asked starts one', () => {
  scaled({ min: 0 });
  expect(find('ScaledObject').spec).toMatchObject({ minReplicaCount: 0, fallback: { replicas: 1 } });
});

test.each<[string, () => unknown, string]>([
  [
    'more at least than at most',
    () => scaled({ min: 11 }),
    '[shop/web/scaling] min must be from 0 to 10, got 11; choose a value inside the range (PROP_RANGE)',
  ],
  [
    'no trigger',
    () => scaled({ triggers: [] }),
    '[shop/web/scaling] triggers is empty; write triggers: [ScaleTrigger.prometheus({ … })] (PROP_EMPTY)',
  ],
  [
    'a trigger as an object',
    () => scaled({ triggers: [{ type: 'cron' } as never] }),
    '[shop/web/scaling] triggers must be a ScaleTrigger, got an object with type; write triggers: ScaleTrigger.prometheus({ … }) (PROP_TYPE)',
  ],
  [
    'a workload that scales with its load already',
    () => scaled({}, web({ controller: Controller.deployment({ autoscale: { max: 5 } }) })),
    '[shop/web/scaling] shop/web is already scaled by shop/web/Autoscaler, and the two would undo each other; keep one of them (SCALE_TWICE)',
  ],
  [
    'a workload that is scaled twice',
    () => new EventScaling(scaled().node.scope as Workload, 'again', { max: 5, triggers: [DAY] }),
    '[shop/web/again] shop/web is already scaled by shop/web/scaling, and the two would undo each other; keep one of them (SCALE_TWICE)',
  ],
  [
    'one pod on every node',
    () => scaled({}, web({ controller: Controller.daemonSet() })),
    '[shop/web/scaling] shop/web is no Deployment, whose pods are alike; scale a workload with Controller.deployment() (SCALE_TARGET)',
  ],
  [
    'a query of nothing',
    () => ScaleTrigger.prometheus({ server: 'http://prometheus:9090', query: ' ', threshold: 1 }),
    '[ScaleTrigger.prometheus] query must be a query of Prometheus, got " "; write it like sum(rate(http_requests_total[2m])) (PROP_FORMAT)',
  ],
  [
    'a threshold of nothing',
    () => ScaleTrigger.prometheus({ server: 'http://prometheus:9090', query: 'up', threshold: 0 }),
    '[ScaleTrigger.prometheus] threshold must be a number above 0, got 0; write how much one pod takes: threshold: 100 (PROP_RANGE)',
  ],
  [
    'a time that never is',
    () => ScaleTrigger.cron({ start: '0 8 * * *', end: '0 8 * * *', replicas: 3 }),
    '[ScaleTrigger.cron] start and end are the same, so that it never is time, got "0 8 * * *"; choose a later end (SCALE_CRON)',
  ],
])('fails on %s', (_, faulty, message) => {
  expect(faulty).toThrow(message);
});

test('a time zone that there is not is refused, before the evening comes', () => {
  const times = { start: '0 17 * * *', end: '0 23 * * *', replicas: 20 };
  expect(() => ScaleTrigger.cron({ ...times, timeZone: 'Europe/Wien' })).toThrow(
    '[ScaleTrigger.cron] timeZone is none of the tz database, got "Europe/Wien"; write it like Europe/Berlin, see https://data.iana.org/time-zones/tzdb/zone1970.tab (TIME_ZONE)',
  );
});
