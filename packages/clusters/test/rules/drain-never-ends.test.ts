import { acknowledge, type DisruptionBudget, type IDisruptible } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { lab } from '../k3s/lab';

class Queue extends Construct implements IDisruptible {
  constructor(
    scope: Construct,
    public readonly disruption: DisruptionBudget,
  ) {
    super(scope, 'queue');
  }
}

test('DRAIN_NEVER_ENDS: everything must always be there; one less is fine', () => {
  const { site, k3s } = lab();
  const shop = k3s().namespace('shop');
  new Queue(shop, { replicas: 2, minAvailable: 2 });
  new Queue(new Construct(shop, 'near'), { replicas: 2, minAvailable: 1 });
  expect(Testing.findings(site)).toEqual([
    'error [lab/prod/shop/queue] 2 of 2 must always be there, so none can leave a node of lab/prod that is emptied; let one be away: run 3, or ask for 1 (DRAIN_NEVER_ENDS)',
  ]);
});

test('DRAIN_NEVER_ENDS: one node has no room elsewhere, which one may accept', () => {
  const alone = () => lab(({ machines }) => ({ servers: machines.slice(0, 1) }));
  const one = alone();
  new Queue(one.k3s().namespace('shop'), { replicas: 2, minAvailable: 1 });
  expect(Testing.findings(one.site)).toEqual([
    'warning [lab/prod/shop/queue] lab/prod has one node for workloads, and when it is emptied, 1 of 2 wait for room elsewhere; add a node, or acknowledge that its upgrade stops them (DRAIN_NEVER_ENDS)',
  ]);
  const accepted = alone();
  const queue = new Queue(accepted.k3s().namespace('shop'), { replicas: 2, minAvailable: 1 });
  acknowledge(queue, 'DRAIN_NEVER_ENDS', 'a laboratory may wait for its upgrade');
  expect(Testing.findings(accepted.site)).toEqual([]);
});

test.each([
  ['maxUnavailable: 0', { maxUnavailable: 0 }, 'maxUnavailable is 0'],
  ['minAvailable: 100%', { minAvailable: '100%' }, 'minAvailable is 100%'],
  ['as many as run', { minAvailable: 2 }, 'minAvailable is 2, and 2 run'],
])('DRAIN_NEVER_ENDS: a budget of a plain chart with %s', (_, budget, because) => {
  const { site, k3s } = lab();
  withBudget(k3s().namespace('shop'), budget);
  expect(Testing.findings(site)).toEqual([
    `error [lab/prod/shop/budget] ${because}, so no pod of it can leave a node of lab/prod that is emptied; write maxUnavailable: 1 (DRAIN_NEVER_ENDS)`,
  ]);
});

test.each([{ maxUnavailable: 1 }, { minAvailable: 1 }, { minAvailable: '50%' }])('a budget of %j lets a node be emptied', budget => {
  const { site, k3s } = lab();
  withBudget(k3s().namespace('shop'), budget);
  expect(Testing.findings(site)).toEqual([]);
});

/** Two pods, and a budget for them, as another team writes them. */
function withBudget(shop: Construct, budget: object): void {
  const labels = { app: 'shop' };
  const template = { metadata: { labels }, spec: {} };
  new ApiObject(shop, 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { replicas: 2, selector: { matchLabels: labels }, template },
  });
  const spec = { ...budget, selector: { matchLabels: labels } };
  new ApiObject(shop, 'budget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec });
}
