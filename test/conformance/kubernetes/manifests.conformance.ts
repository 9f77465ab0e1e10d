import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { harvesterDefinitions } from '../cluster-api/harvester-definitions';
import { installDefinitions, moduleDefinitions } from '../cluster-api/module-definitions';
import { installMissingDefinitions } from '../harvester/missing-definitions';
import { describeWith, filesBelow, outputs } from '../tool';
import { Verdict } from '../verdict';
import { type KubernetesObject, told } from './api-client';
import { ControlPlane } from './control-plane';

/** Kinds that no definition of the reference data describes, each with the reason; anything else unknown is a failure. */
const UNKNOWN_KINDS: Record<string, string> = {
  'helm.cattle.io/HelmChart': 'it comes with K3s itself, and no definition of it is in the reference data',
  'barmancloud.cnpg.io/ObjectStore': 'it comes with the chart plugin-barman-cloud, and no definition of it is in the reference data',
};

const kindOf = ({ apiVersion, kind }: KubernetesObject) => `${apiVersion.replace(/\/.*/, '')}/${kind}`;

describeWith(['etcd', 'kube-apiserver', 'shared'], 'kube-apiserver', () => {
  const objects = outputs().flatMap(({ folder }) =>
    filesBelow(join(folder, 'kubernetes'), f => f.endsWith('.yaml')).map(
      file => [file, parse(readFileSync(file, 'utf8')) as KubernetesObject] as const,
    ),
  );
  const known = objects.filter(([, object]) => !(kindOf(object) in UNKNOWN_KINDS));
  const unknown = objects.filter(([, object]) => kindOf(object) in UNKNOWN_KINDS);
  let plane: ControlPlane;
  const verdict = new Verdict('kube-apiserver 1.34.4, server-side apply');

  beforeAll(async () => {
    plane = await ControlPlane.start();
    await installMissingDefinitions(plane);
    await installDefinitions(plane, [...moduleDefinitions('operator'), ...moduleDefinitions('cilium'), ...harvesterDefinitions()]);
    const namespaces = new Set(objects.map(([, object]) => object.metadata.namespace).filter(name => name !== undefined));
    for (const name of [...namespaces, ...objects.filter(([, o]) => o.kind === 'Namespace').map(([, o]) => o.metadata.name)]) {
      await plane.client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, false);
    }
  });
  afterAll(() => plane?.stop());

  test('there is something to check', () => {
    expect(known.length).toBeGreaterThan(20);
  });

  test('accepts every manifest of every app, strictly', async () => {
    const answers = await Promise.all(known.map(async ([file, object]) => [file, await plane.client.apply(object, true)] as const));
    verdict.took(known.length, answers.filter(([, answer]) => answer.status >= 300).length);
    expect(answers.filter(([, answer]) => answer.status >= 300).map(([file, answer]) => `${file}: ${told(answer)}`)).toEqual([]);
  });

  test('what is left out has no definition indeed', async () => {
    for (const [, object] of unknown) expect(await plane.client.pathOf(object)).toBeUndefined();
  });

  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'broken', namespace: 'default' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'x' } },
      template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    },
  };
  const spoil = (change: (copy: typeof deployment) => void): KubernetesObject => {
    const copy = structuredClone(deployment);
    change(copy);
    return copy;
  };
  test.each<[string, KubernetesObject, RegExp]>([
    ['an unknown field', spoil(d => Object.assign(d.spec, { replcas: 2 })), /replcas/],
    ['a wrong type', spoil(d => Object.assign(d.spec, { replicas: 'two' })), /replicas/],
    ['a selector that misses its own pods', spoil(d => Object.assign(d.spec.selector.matchLabels, { app: 'y' })), /selector/],
    [
      'a quantity that is none',
      spoil(d => Object.assign(d.spec.template.spec.containers[0] as object, { resources: { limits: { memory: '12Gigs' } } })),
      /12Gigs|quantit/i,
    ],
    [
      'a PostgreSQL cluster without instances',
      {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        metadata: { name: 'broken', namespace: 'default' },
        spec: { instances: 0, storage: { size: '1Gi' } },
      },
      /instances/,
    ],
    [
      'an Application without a destination',
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'broken', namespace: 'default' },
        spec: { project: 'p' },
      },
      /destination/,
    ],
    [
      'an upgrade plan without an image',
      {
        apiVersion: 'upgrade.cattle.io/v1',
        kind: 'Plan',
        metadata: { name: 'broken', namespace: 'default' },
        spec: { upgrade: {}, concurency: 1 },
      },
      /concurency|image/,
    ],
  ])('refuses %s', async (_, object, reason) => {
    const answer = await plane.client.apply(object, true);
    verdict.sawBroken(answer.status >= 400);
    expect(told(answer)).toMatch(reason);
    expect(answer.status).toBeGreaterThanOrEqual(400);
  });

  afterAll(() => {
    for (const kind of new Set(unknown.map(([, object]) => kindOf(object))))
      process.stdout.write(`  not checked: ${unknown.filter(([, o]) => kindOf(o) === kind).length} ${kind}: ${UNKNOWN_KINDS[kind]}\n`);
  });
});
