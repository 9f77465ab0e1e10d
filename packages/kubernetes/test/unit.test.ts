import { Secret, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { load } from 'js-yaml';
import { KubernetesCluster, type Unit } from '../src';

function cluster(): KubernetesCluster {
  const definesGroups = ['postgresql.cnpg.io', 'cluster.x-k8s.io'];
  return new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2'), definesGroups });
}

const configMap = (scope: Construct, id: string, data: Record<string, unknown> = {}) =>
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ConfigMap', data });

const wave = (unit: Unit, name: string) => {
  const text = Testing.files(unit)[`kubernetes/prod/${unit.node.id}/ConfigMap-${name}.yaml`] as string;
  return (load(text) as { metadata: { annotations?: Record<string, string> } }).metadata.annotations?.['argocd.argoproj.io/sync-wave'];
};

test('a namespace is closed by default', () => {
  const files = Testing.files(cluster().namespace('shop'));
  expect(Object.keys(files)).toEqual(['kubernetes/prod/shop/Namespace-shop.yaml', 'kubernetes/prod/shop/NetworkPolicy-default-deny.yaml']);
  expect(files['kubernetes/prod/shop/NetworkPolicy-default-deny.yaml']).toContain('podSelector: {}');
  expect(files['kubernetes/prod/shop/Namespace-shop.yaml']).toContain('pod-security.kubernetes.io/enforce: restricted');
});

test('an object is named by its path in the unit, without a hash', () => {
  const shop = cluster().namespace('shop');
  expect(configMap(new Construct(shop, 'orders'), 'Resource').name).toBe('orders');
  expect(configMap(new Construct(shop, 'web'), 'CacheSettings').name).toBe('web-cache-settings');
});

test('files do not depend on how many other objects there are', () => {
  const one = cluster().namespace('shop');
  configMap(one, 'a');
  const two = cluster().namespace('shop');
  configMap(two, 'b');
  configMap(two, 'a');
  const file = 'kubernetes/prod/shop/ConfigMap-a.yaml';
  expect(Testing.files(one)[file]).toBe(Testing.files(two)[file]);
});

test('kinds of one name in two groups, and objects of other namespaces, have files of their own', () => {
  const shop = cluster().namespace('shop');
  for (const apiVersion of ['postgresql.cnpg.io/v1', 'cluster.x-k8s.io/v1beta1'])
    new ApiObject(shop, apiVersion.replace('/', '-'), { apiVersion, kind: 'Cluster', metadata: { name: 'orders' } });
  new ApiObject(shop, 'elsewhere', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'kube-system' } });
  expect(Object.keys(Testing.files(shop)).map(path => path.split('/').pop())).toEqual([
    'Cluster.cluster.x-k8s.io-orders.yaml',
    'Cluster.postgresql.cnpg.io-orders.yaml',
    'ConfigMap-kube-system.c.yaml',
    'Namespace-shop.yaml',
    'NetworkPolicy-default-deny.yaml',
  ]);
});

test('dependencies become sync waves, also through groups', () => {
  const shop = cluster().namespace('shop');
  const group = new Construct(shop, 'group');
  configMap(group, 'first');
  const second = configMap(shop, 'second');
  const third = configMap(shop, 'third');
  second.node.addDependency(group);
  third.node.addDependency(second);
  expect([wave(shop, 'group-first'), wave(shop, 'second'), wave(shop, 'third')]).toEqual([undefined, '1', '2']);
});

test('a chain of 20,000 dependencies is ordered', () => {
  const shop = cluster().namespace('shop');
  let last: ApiObject | undefined;
  for (let i = 0; i < 20_000; i++) {
    const next = configMap(shop, `c${i}`);
    if (last) next.node.addDependency(last);
    last = next;
  }
  expect(wave(shop, 'c19999')).toBe('19999');
});

test('a dependency on another unit orders the units', () => {
  const prod = cluster();
  const database = prod.namespace('database');
  const shop = prod.namespace('shop');
  configMap(shop, 'web').node.addDependency(configMap(database, 'orders'));
  expect(shop.startsAfter).toEqual([database]);
});

test('a circle is an error that prints the circle', () => {
  const shop = cluster().namespace('shop');
  const [a, b] = [configMap(shop, 'a'), configMap(shop, 'b')];
  a.node.addDependency(b);
  b.node.addDependency(a);
  expect(Testing.findings(shop)).toEqual([
    'error [test/prod/shop] these need each other: test/prod/shop/a → test/prod/shop/b → test/prod/shop/a; remove one of the dependencies (DEPENDENCY_CIRCLE)',
  ]);
});

test('two definitions of one object are an error that names both', () => {
  const prod = cluster();
  for (const id of ['one', 'two'])
    new ApiObject(prod.namespace(id), 'map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'kube-system' },
    });
  expect(Testing.findings(prod)).toEqual([
    'error [test/prod/two/map] defines ConfigMap kube-system/settings, which test/prod/one/map already defines; give one of them another id (DUPLICATE_OBJECT)',
  ]);
});

test('a secret in a manifest is refused', () => {
  const shop = cluster().namespace('shop');
  configMap(shop, 'a', { password: Secret.fromOpenBao('kv/shop', 'password') });
  expect(Testing.findings(shop)).toEqual([
    'error [test/prod/shop/a] data.password is the secret openbao:kv/shop#password; give it to a workload as env or file, which refer to it (SECRET_IN_MANIFEST)',
  ]);
});

test('two namespaces of one name are refused', () => {
  const prod = cluster();
  prod.namespace('shop');
  expect(() => prod.namespace('shop')).toThrow(
    '[test/prod/shop] test/prod already has a namespace shop; choose another id, or use the one that is there (UNIT_TAKEN)',
  );
});
