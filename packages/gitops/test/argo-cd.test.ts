import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Site, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { ChartRelease, KubernetesCluster, type Unit } from '@ashlar/kubernetes';
import { load } from 'js-yaml';
import { ArgoCd, type ArgoCdProps } from '../src';
import { CONFORMANCE, crdErrors, HAS_CONFORMANCE } from './crd';

// biome-ignore lint/suspicious/noExplicitAny: manifests are read as they are
type Manifest = any;

const props = { repository: 'https://git.example.net/cloud.git', path: 'apps/lab/out' };
const operator = {
  chart: 'cloudnative-pg',
  repository: 'https://charts.example.net',
  version: '0.29.0',
  namespace: 'cnpg-system',
  values: { replicaCount: 2 },
};

let cluster: KubernetesCluster;
beforeEach(() => {
  cluster = new KubernetesCluster(Testing.site(), 'prod', { version: Version.of('1.34.2') });
});

const file = (path: string): Manifest => load(Testing.files(cluster)[`kubernetes/prod/${path}`] as string);
const wave = (application: string) => file(`argocd/Application-${application}.yaml`).metadata.annotations?.['argocd.argoproj.io/sync-wave'];

test('an application follows each unit, those made later too', () => {
  new ArgoCd(cluster, 'argocd', props);
  cluster.namespace('shop');
  expect(file('argocd/Application-shop.yaml').spec).toEqual({
    project: 'prod',
    source: { repoURL: 'https://git.example.net/cloud.git', targetRevision: 'main', path: 'apps/lab/out/kubernetes/prod/shop' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['CreateNamespace=false', 'ServerSideApply=true'],
      retry: { limit: 10, backoff: { duration: '10s', factor: 2, maxDuration: '5m' } },
    },
  });
});

test('it follows the repository once its chart and its root Application are there, and knows how one sees that', () => {
  const argocd = new ArgoCd(cluster, 'argocd', props);
  const shop = cluster.namespace('shop');
  const { startsAfter, uses, start } = argocd.lifecycle;
  expect(startsAfter.map(need => ('on' in need ? need.on : need).node.id)).toEqual(['prod', 'chart-argocd', 'bootstrap']);
  expect(uses).toEqual([{ name: 'git.example.net', for: 'the repository that it follows' }]);
  expect(start?.map(({ action }) => action)).toEqual([{ waits: 'Argo CD reads https://git.example.net/cloud.git at main.' }]);
  expect(shop.lifecycle.start?.map(({ action, check }) => ({ action, check }))).toEqual([
    {
      action: { waits: 'Argo CD installs shop.' },
      check: {
        command: [
          ...['kubectl', '--context', 'prod', '--namespace', 'argocd', 'wait', 'application/shop'],
          ...['--for=jsonpath={.status.health.status}=Healthy', '--timeout=10s'],
        ],
      },
    },
  ]);
});

test('its own namespace is there when the root Application is healthy: none follows it', () => {
  const argocd = new ArgoCd(cluster, 'argocd', props);
  const own = cluster.units.find(unit => unit.node.id === 'argocd') as Unit;
  expect(argocd.deliveryOf(own).check).toContain('application/prod');
});

test('a chart is installed before what needs it, and is not deleted with what it made', () => {
  new ArgoCd(cluster, 'argocd', props);
  ChartRelease.require(cluster.namespace('shop'), 'cloudnative-pg', operator);
  const application = file('argocd/Application-chart-cloudnative-pg.yaml');
  expect(application.spec.source).toEqual({
    repoURL: 'https://charts.example.net',
    chart: 'cloudnative-pg',
    targetRevision: '0.29.0',
    helm: { releaseName: 'cloudnative-pg', valuesObject: { replicaCount: 2 } },
  });
  expect(application.metadata.finalizers).toBeUndefined();
  expect([wave('chart-cloudnative-pg'), wave('shop')]).toEqual([undefined, '1']);
});

test('the project allows these repositories and namespaces only', () => {
  new ArgoCd(cluster, 'argocd', props);
  ChartRelease.require(cluster.namespace('shop'), 'cloudnative-pg', operator);
  const { spec } = file('argocd/AppProject-prod.yaml');
  expect(spec.sourceRepos).toEqual(['https://charts.example.net', 'https://git.example.net/cloud.git']);
  expect(spec.destinations.map((d: Manifest) => d.namespace)).toEqual(['argocd', 'cnpg-system', 'kube-system', 'shop']);
});

test('the first application comes with the cluster, and so does the chart', () => {
  new ArgoCd(cluster, 'argocd', props);
  expect(file('bootstrap/Application-argocd.prod.yaml').spec.source.path).toBe('apps/lab/out/kubernetes/prod/argocd');
  expect(cluster.bootstrapReleases.map(release => release.chart)).toEqual(['argo-cd']);
  expect(Object.keys(Testing.files(cluster)).filter(name => name.includes('chart-argocd'))).toEqual([]);
});

test('what comes with the cluster is followed, and never pruned', () => {
  new ArgoCd(cluster, 'argocd', props);
  expect(file('argocd/Application-bootstrap.yaml').spec.syncPolicy.automated.prune).toBe(false);
});

test('a chart of an OCI registry is named without its scheme', () => {
  new ArgoCd(cluster, 'argocd', props);
  ChartRelease.require(cluster.namespace('shop'), 'broker', {
    ...operator,
    chart: 'broker',
    repository: 'oci://registry.example.net/charts',
  });
  expect(file('argocd/Application-chart-broker.yaml').spec.source.repoURL).toBe('registry.example.net/charts');
});

test('units that start after each other are an error', () => {
  new ArgoCd(cluster, 'argocd', props);
  const certificates = cluster.namespace('certificates');
  const policies = cluster.namespace('policies');
  certificates.startAfter(policies);
  policies.startAfter(certificates);
  expect(Testing.findings(cluster)).toEqual([
    'error [test/prod] these start after each other: test/prod/certificates → test/prod/policies → test/prod/certificates; move what both need into a unit of its own (APPLICATION_CIRCLE)',
  ]);
});

test('a unit that two others need is not a circle', () => {
  new ArgoCd(cluster, 'argocd', props);
  const base = cluster.namespace('base');
  for (const id of ['a', 'b']) cluster.namespace(id).startAfter(base);
  expect(Testing.findings(cluster)).toEqual([]);
});

describe('errors', () => {
  const wrong: [name: string, props: object, text: string][] = [
    [
      'no repository',
      { repository: undefined },
      '[test/prod/argocd] repository is missing; write repository: "https://git.example.net/cloud.git" (PROP_MISSING)',
    ],
    [
      'a password in the repository',
      { repository: 'https://bot:secret@git.example.net/cloud.git' },
      '[test/prod/argocd] repository has a password in it, which would be committed; leave it out, and put it into a Secret labelled argocd.argoproj.io/secret-type=repository in namespace argocd (ARGOCD_REPOSITORY_PASSWORD)',
    ],
    [
      'an absolute path',
      { path: '/out' },
      '[test/prod/argocd] path must be a folder, relative to the root of the repository, got "/out"; write it like apps/optiplex-cloud/out (PROP_FORMAT)',
    ],
    [
      'an unknown property',
      { branch: 'main' },
      '[test/prod/argocd] there is no property branch; use one of repository, path, revision, url (PROP_UNKNOWN)',
    ],
  ];

  test.each(wrong)('%s', (_, given, text) => {
    expect(() => new ArgoCd(cluster, 'argocd', { ...props, ...given } as ArgoCdProps)).toThrow(text);
  });

  test('made in the site', () => {
    expect(() => new ArgoCd(Site.of(cluster) as never, 'argocd', props)).toThrow(
      "[test/argocd] must be made in the cluster that it looks after; write new ArgoCd(cluster, 'argocd', …) (ARGOCD_CLUSTER)",
    );
  });

  test('a second one', () => {
    new ArgoCd(cluster, 'argocd', props);
    expect(() => new ArgoCd(cluster, 'other', props)).toThrow(
      '[test/prod/other] charts of prod are already installed by test/prod/argocd; keep one of them (INSTALLER_TAKEN)',
    );
  });
});

(HAS_CONFORMANCE ? describe : describe.skip)(
  HAS_CONFORMANCE ? 'definitions' : 'definitions (skipped: no reference data beside the repository)',
  () => {
    test('accept every application and the project', () => {
      new ArgoCd(cluster, 'argocd', props);
      ChartRelease.require(cluster.namespace('shop'), 'cloudnative-pg', operator);
      const ours = Object.entries(Testing.files(cluster)).filter(([name]) => /\/(Application|AppProject)-/.test(name));
      expect(ours).toHaveLength(5);
      for (const [, text] of ours) expect(crdErrors('argocd', load(text) as Manifest)).toEqual([]);
    });

    test('refuse a misspelt field', () => {
      const broken = {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: {},
        spec: { project: 'prod', destination: {}, sorce: {} },
      };
      expect(crdErrors('argocd', broken)).toEqual(['/spec must NOT have additional properties {"additionalProperty":"sorce"}']);
    });

    test('the chart has every value that is set, and no password among them', () => {
      new ArgoCd(cluster, 'argocd', { ...props, url: 'https://argocd.example.net' });
      const [release] = cluster.bootstrapReleases;
      const folder = join(CONFORMANCE, 'charts/argo-cd');
      expect(release?.version).toBe((load(readFileSync(join(folder, 'Chart.yaml'), 'utf8')) as Manifest).version);
      expect(missing(release?.values, load(readFileSync(join(folder, 'values.yaml'), 'utf8')))).toEqual([
        '.configs.cm.url', // any key of argocd-cm
        '.configs.cm.resource.customizations.health.argoproj.io_Application',
      ]);
      expect(JSON.stringify(release?.values).toLowerCase()).not.toContain('password');
    });
  },
);

/** Keys that are set and that the chart does not have. An empty map of the chart takes anything. */
function missing(set: unknown, chart: unknown, at = ''): string[] {
  if (typeof set !== 'object' || set === null || typeof chart !== 'object' || chart === null || Object.keys(chart).length === 0) return [];
  return Object.entries(set).flatMap(([key, value]) =>
    key in chart ? missing(value, (chart as Record<string, unknown>)[key], `${at}.${key}`) : [`${at}.${key}`],
  );
}
