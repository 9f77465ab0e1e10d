import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { KubernetesCluster } from '@ashlar/kubernetes';
import { load } from 'js-yaml';
import { PostgresCluster } from '../src';

/** Reference data of the charts; it is not part of the repository. */
const CHARTS = join(__dirname, '../../../../shared/conformance/charts');
const there = existsSync(CHARTS);
const read = (chart: string, file: string) => load(readFileSync(join(CHARTS, chart, file), 'utf8')) as Record<string, unknown>;

const releases = () => {
  const cluster = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
  const key = Secret.fromKubernetes('shop', 'backup', 'key');
  new PostgresCluster(cluster.namespace('shop'), 'orders', {
    storage: Size.gibibytes(20),
    backup: { destination: 's3://backups/orders', endpoint: 'https://s3.example.net', accessKeyId: key, secretAccessKey: key },
  });
  return cluster.releases;
};

(there ? describe : describe.skip)(there ? 'charts' : 'charts (skipped: no reference data beside the repository)', () => {
  test('are pinned to the version that is known', () => {
    const known = releases().filter(release => release.name !== 'cert-manager');
    expect(known.map(release => release.version)).toEqual(known.map(release => read(release.chart, 'Chart.yaml').version));
  });

  test.each(['cloudnative-pg', 'plugin-barman-cloud', 'cert-manager'])('%s has every value that is set', name => {
    const release = releases().find(r => r.name === name);
    expect(missing(release?.values, read(name, 'values.yaml'))).toEqual([]);
  });
});

test('every release has an exact version and an address', () => {
  for (const release of releases()) expect(release.repository).toMatch(/^https:\/\//);
});

/** Keys that are set and that the chart does not have. An empty map of the chart takes anything. */
function missing(set: unknown, chart: unknown, at = ''): string[] {
  if (typeof set !== 'object' || set === null || typeof chart !== 'object' || chart === null || Object.keys(chart).length === 0) return [];
  return Object.entries(set).flatMap(([key, value]) =>
    key in chart ? missing(value, (chart as Record<string, unknown>)[key], `${at}.${key}`) : [`${at}.${key}`],
  );
}
