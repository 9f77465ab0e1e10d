import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { describeWith, tool } from '../tool';
import { Verdict } from '../verdict';
import { edgeObjects } from './edge-objects';

/** A service that is open to everybody, in pods that may do everything. */
const PLAIN: readonly KubernetesObject[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'plain', namespace: 'edge' },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: 'plain' } },
      template: { metadata: { labels: { app: 'plain' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  },
];

const yaml = (objects: readonly KubernetesObject[]) => objects.map(object => stringify(object)).join('---\n');
const objects = edgeObjects().map(([, object]) => object);

describeWith(['kube-score'], 'kube-score, of what stands behind gateways', () => {
  const verdict = new Verdict('kube-score 1.20, edge');
  const criticals = (judged: readonly KubernetesObject[]) =>
    spawnSync(tool('kube-score') as string, ['score', '--output-format', 'ci', '-'], { input: yaml(judged), encoding: 'utf8' })
      .stdout.split('\n')
      .filter(line => line.startsWith('[CRITICAL]'));

  test('finds nothing critical', () => {
    const behind = objects.filter(({ metadata, apiVersion }) => metadata.namespace === 'shop' && !/gateway|traefik/.test(apiVersion));
    const found = criticals(behind);
    verdict.took(behind.length, found.length);
    expect(behind.filter(({ kind }) => kind === 'NetworkPolicy').length).toBeGreaterThan(10);
    expect(found).toEqual([]);
  });

  test('broken: finds a plain deployment critical', () => {
    const found = criticals(PLAIN).length;
    verdict.sawBroken(found > 0);
    expect(found).toBeGreaterThan(3);
  });
});

describeWith(['checkov'], 'checkov, of everything', () => {
  const verdict = new Verdict('checkov 3.3, edge');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'checkov-edge-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const failures = (judged: readonly KubernetesObject[]): string[] => {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, yaml(judged));
    const args = ['-f', file, '--framework', 'kubernetes', '--output', 'json', '--soft-fail', '--quiet', '--skip-download'];
    const { summary, results } = JSON.parse(
      execFileSync(tool('checkov') as string, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    expect(summary.parsing_errors).toBe(0);
    return results.failed_checks.map((check: { check_id: string; resource: string }) => `${check.check_id} ${check.resource}`);
  };

  test('finds no failure', () => {
    const found = failures(objects);
    verdict.took(objects.length, new Set(found.map(one => one.split(' ')[1])).size);
    expect(found).toEqual([]);
  });

  test('broken: finds failures in a plain deployment', () => {
    const found = failures(PLAIN).length;
    verdict.sawBroken(found > 0);
    expect(found).toBeGreaterThan(10);
  });
});
