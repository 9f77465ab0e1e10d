import { type ILifecycle, needOf, type Step, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import {
  ChartRelease,
  ContainerImage,
  Controller,
  type IInstaller,
  KubernetesCluster,
  type KubernetesClusterProps,
  Workload,
} from '../src';

const version = Version.of('1.34.2');
const IMAGE = ContainerImage.of('registry.example.net:5000/shop', '1.4.2');
const needs = ({ lifecycle, ...of }: ILifecycle) => ({ ...of, needs: lifecycle.startsAfter.map(after => needOf(after).on.node.id) }).needs;
const steps = ({ lifecycle }: ILifecycle): readonly Step[] => lifecycle.start ?? [];

function cluster(props: Partial<KubernetesClusterProps> = {}, Type = KubernetesCluster): KubernetesCluster {
  return new Type(Testing.site(), 'prod', { version, ...props });
}

const chart = (of: KubernetesCluster, name: string, withCluster = false, repository = 'https://charts.example.net') =>
  new ChartRelease(of, name, {
    chart: name,
    repository,
    version: '1.2.3',
    namespace: `${name}-system`,
    values: { replicas: 2 },
    withCluster,
  });

/** Brings whatever it is asked for. */
class Installer extends Construct implements IInstaller {
  public deliveryOf(one: { node: { id: string } }) {
    return { waits: `It brings ${one.node.id}.`, check: ['is-there', one.node.id] as const };
  }
}

/** Its first node applies what must be there first. */
class Carrying extends KubernetesCluster {
  public override get carriesBootstrap(): boolean {
    return true;
  }
}

test('a cluster of somebody else is brought up by a person, and is there when its API answers', () => {
  const [access] = steps(cluster());
  expect(access?.action).toEqual({
    byHand: 'Bring up the cluster prod with Kubernetes 1.34, and add its kubeconfig to $KUBECONFIG as context prod.',
  });
  expect(access?.check).toEqual({ command: ['kubectl', '--context', 'prod', 'get', '--raw', '/readyz', '--request-timeout=5s'] });
});

test('a cluster of somebody else starts after the machines that it runs on', () => {
  const site = Testing.site();
  const boot = new KubernetesCluster(site, 'boot', { version, runsOn: [new Construct(site, 'seed')] });
  expect(needs(boot)).toEqual(['test', 'seed']);
});

test('a chart that comes with the cluster is installed by Helm, with values that are committed', () => {
  const prod = cluster();
  const argocd = chart(prod, 'argocd', true);
  expect(steps(argocd)[0]?.action).toEqual({
    run: [
      [
        ...['helm', '--kube-context', 'prod', 'upgrade', '--install', 'argocd', 'argocd', '--repo', 'https://charts.example.net'],
        ...['--version', '1.2.3', '--namespace', 'argocd-system', '--create-namespace'],
        ...['--values', 'charts/prod/argocd.values.yaml', '--wait', '--timeout', '5m'],
      ],
    ],
  });
  expect(Testing.files(prod)['charts/prod/argocd.values.yaml']).toBe('replicas: 2\n');
});

test('a chart of an OCI registry is named by its whole address', () => {
  const [install] = steps(chart(cluster(), 'envoy', true, 'oci://registry.example.net/charts'));
  expect(JSON.stringify(install?.action)).toContain('"envoy","oci://registry.example.net/charts/envoy","--version"');
});

test('what the first node applies itself is only waited for, and its values are written nowhere', () => {
  const prod = cluster({}, Carrying);
  const argocd = chart(prod, 'argocd', true);
  new ApiObject(prod.bootstrap, 'settings', { apiVersion: 'v1', kind: 'ConfigMap' });
  expect(steps(argocd)[0]?.action).toEqual({ waits: 'The chart argocd comes with the cluster.' });
  expect(steps(prod.bootstrap)).toEqual([]);
  expect(Object.keys(Testing.files(prod)).filter(path => path.includes('values'))).toEqual([]);
});

test('every other chart that comes with the cluster starts after its network', () => {
  const prod = cluster();
  const network = chart(prod, 'cilium', true);
  prod.networkWith(network);
  expect([needs(network), needs(chart(prod, 'argocd', true))]).toEqual([['prod'], ['prod', 'chart-cilium']]);
});

test('two networks for the pods of one cluster are refused', () => {
  const prod = cluster();
  prod.networkWith(chart(prod, 'cilium', true));
  expect(() => prod.networkWith(chart(prod, 'calico', true))).toThrow(
    '[test/prod/chart-calico] pods of prod already get their network from test/prod/chart-cilium; keep one of them (NETWORK_PLUGIN_TAKEN)',
  );
});

test('without an installer a unit is applied, after its cluster', () => {
  const shop = cluster().namespace('shop');
  expect(steps(shop)[0]?.action).toEqual({
    run: [
      [...['kubectl', '--context', 'prod', 'apply', '--server-side', '--field-manager=ashlar'], ...['--filename', 'kubernetes/prod/shop']],
    ],
  });
  expect(needs(shop)).toEqual(['prod']);
});

test('with an installer units and charts come through it', () => {
  const prod = cluster();
  prod.installReleasesWith(new Installer(prod, 'installer'));
  const [shop, database] = [prod.namespace('shop'), chart(prod, 'database')];
  shop.startAfter(database);
  expect([needs(shop), needs(database)]).toEqual([
    ['prod', 'installer', 'chart-database'],
    ['prod', 'installer'],
  ]);
  expect([steps(shop)[0]?.action, steps(shop)[0]?.check]).toEqual([{ waits: 'It brings shop.' }, { command: ['is-there', 'shop'] }]);
});

test('a unit uses the registries of its images, and an exposed workload answers under its name', () => {
  const prod = cluster();
  const web = new Workload(prod.namespace('shop'), 'web', { image: IMAGE, port: 8080 });
  const exposure = web.expose({ host: 'shop.example.net' });
  expect(prod.units[0]?.lifecycle.uses).toEqual([{ name: 'registry.example.net', for: 'its images' }]);
  expect(exposure.serves).toEqual(['shop.example.net']);
});

test.each([
  ['ghcr.io/example/shop:1', 'ghcr.io'],
  ['postgres:17', 'docker.io'],
  ['library/postgres:17', 'docker.io'],
  ['localhost/shop:1', 'localhost'],
  ['Registry.example.net:5000/shop:1', 'registry.example.net'],
])('%s is pulled from %s', (reference, registry) => {
  expect(ContainerImage.parse(reference).registry).toBe(registry);
});

test('a workload of several replicas may lose one; one alone may be away', () => {
  const shop = cluster().namespace('shop');
  const of = (id: string, replicas: number) =>
    new Workload(shop, id, { image: IMAGE, port: 8080, controller: Controller.deployment({ replicas }) });
  expect([of('three', 3), of('one', 1)].map(({ disruption }) => disruption)).toEqual([
    { replicas: 3, minAvailable: 2 },
    { replicas: 1, minAvailable: 0 },
  ]);
});

describe('a custom resource', () => {
  const certificate = (of: Construct) => new ApiObject(of, 'tls', { apiVersion: 'cert-manager.io/v1', kind: 'Certificate' });
  const definer = (of: KubernetesCluster) =>
    new ChartRelease(of, 'cert-manager', {
      ...{ chart: 'cert-manager', repository: 'https://charts.example.net', version: '1.2.3', namespace: 'cert-manager' },
      defines: ['cert-manager.io'],
    });

  test('that nothing defines is refused', () => {
    const prod = cluster();
    certificate(prod.namespace('shop'));
    expect(Testing.findings(prod)).toEqual([
      "error [test/prod/shop/tls] Certificate tls is of cert-manager.io, which nothing in prod defines; require the chart that does, with defines: ['cert-manager.io'] (RESOURCE_BEFORE_DEFINITION)",
    ]);
  });

  test('before its definition is refused', () => {
    const prod = cluster();
    prod.installReleasesWith(new Installer(prod, 'installer'));
    definer(prod);
    certificate(prod.namespace('shop'));
    expect(Testing.findings(prod)).toEqual([
      'error [test/prod/shop/tls] Certificate tls is of cert-manager.io, which test/prod/chart-cert-manager defines, and shop does not start after that; write shop.startAfter(…) with it (RESOURCE_BEFORE_DEFINITION)',
    ]);
  });

  test('after its definition, also through another unit, is fine', () => {
    const prod = cluster();
    prod.installReleasesWith(new Installer(prod, 'installer'));
    const [issuers, shop] = [prod.namespace('issuers'), prod.namespace('shop')];
    issuers.startAfter(definer(prod));
    shop.startAfter(issuers);
    certificate(shop);
    expect(Testing.findings(prod)).toEqual([]);
  });

  test('beside its definition, or that the cluster has, is fine', () => {
    const prod = cluster({ definesGroups: ['helm.cattle.io'] });
    const shop = prod.namespace('shop');
    certificate(shop);
    new ApiObject(shop, 'definition', {
      ...{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'certificates.cert-manager.io' } },
      spec: { group: 'cert-manager.io' },
    });
    new ApiObject(shop, 'chart', { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChart' });
    expect(Testing.findings(prod)).toEqual([]);
  });

  test('that says itself that its kind comes later is fine', () => {
    const prod = cluster();
    const annotations = { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' };
    new ApiObject(prod.namespace('upgrades'), 'plan', { apiVersion: 'upgrade.cattle.io/v1', kind: 'Plan', metadata: { annotations } });
    expect(Testing.findings(prod)).toEqual([]);
  });
});
