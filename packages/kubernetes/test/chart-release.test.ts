import { Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ChartRelease, KubernetesCluster } from '../src';

test('a chart without an installer is an error', () => {
  const prod = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  ChartRelease.require(prod.namespace('shop'), 'cloudnative-pg', {
    chart: 'cloudnative-pg',
    repository: 'https://charts.example.net',
    version: '0.27.0',
    namespace: 'cnpg-system',
  });
  expect(Testing.findings(prod)).toEqual([
    'error [test/prod] needs the charts cloudnative-pg 0.27.0, and nothing installs charts in it; add new ArgoCd(prod, …) (CHART_WITHOUT_INSTALLER)',
  ]);
});

test('with an installer, nothing is wrong', () => {
  const prod = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  ChartRelease.require(prod.namespace('shop'), 'cloudnative-pg', {
    chart: 'cloudnative-pg',
    repository: 'https://charts.example.net',
    version: '0.27.0',
    namespace: 'cnpg-system',
  });
  prod.installReleasesWith(Object.assign(prod, { deliveryOf: () => ({ waits: 'It comes.', check: ['true'] as const }) }));
  expect(Testing.findings(prod)).toEqual([]);
});

test('two versions of one chart are refused, with both named', () => {
  const prod = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  const props = { chart: 'cloudnative-pg', repository: 'https://charts.example.net', version: '0.27.0', namespace: 'cnpg-system' };
  ChartRelease.require(prod.namespace('shop'), 'cloudnative-pg', props);
  expect(() => ChartRelease.require(prod.namespace('blog'), 'cloudnative-pg', { ...props, version: '0.26.0' })).toThrow(
    '[test/prod/blog] needs the chart cloudnative-pg 0.26.0, and test/prod/chart-cloudnative-pg installs cloudnative-pg 0.27.0 or other values; agree on one version and its values (CHART_CONFLICT)',
  );
});

test('values that two ask for add up, and one key has one value', () => {
  const prod = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  const props = { chart: 'cert-manager', repository: 'https://charts.example.net', version: 'v1.19.1', namespace: 'cert-manager' };
  const need = (unit: string, values: Record<string, unknown>) => () =>
    ChartRelease.require(prod.namespace(unit), 'cert-manager', { ...props, values });
  need('shop', { crds: { enabled: true } })();
  const release = need('edge', { config: { enableGatewayAPI: true }, crds: { keep: true } })();
  expect(release?.values).toEqual({ config: { enableGatewayAPI: true }, crds: { enabled: true, keep: true } });
  const conflict = 'needs the chart cert-manager v1.19.1, and test/prod/chart-cert-manager installs cert-manager v1.19.1 or other values';
  expect(need('blog', { crds: { enabled: false } })).toThrow(conflict);
  expect(need('wiki', { config: 'none' })).toThrow(conflict);
});
