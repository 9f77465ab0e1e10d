import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Size } from '@ashlar/core';
import { Controller, HealthCheck, Workload } from '@ashlar/kubernetes';
import { Chart, Testing } from 'cdk8s';
import { parse, stringify } from 'yaml';
import { describeWith, filesBelow, outputs, tool } from '../tool';
import { Verdict } from '../verdict';

/** Units whose workloads are software of others that needs the host: kube-vip holds addresses of it, upgrades replace its binaries. */
const OF_THE_HOST = ['bootstrap', 'system-upgrade'];
const LINTED = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Service',
  'NetworkPolicy',
  'PodDisruptionBudget',
  'Ingress',
  'ServiceAccount',
];

/** Kinds of which kube-score says something whatever it thinks. */
const SCORED = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'];

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

const PLAIN = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'plain' },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'plain' } },
    template: { metadata: { labels: { app: 'plain' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  },
};

/** Policies for pods that an operator or a chart makes: the linter sees the policy, and no pods. */
const ofOperators = (object: { kind: string; metadata: { name: string } }, file: string) => {
  if (object.kind !== 'NetworkPolicy') return false;
  const beside = filesBelow(join(file, '..'), () => true).map(f => basename(f));
  const made = beside.some(name => name === `Cluster-${object.metadata.name}.yaml` || name.startsWith('VirtualMachine-'));
  return made || !beside.some(name => SCORED.some(kind => name.startsWith(`${kind}-`)));
};

/** A workload under each controller, as another team would write it in a plain chart. */
function everyController(): Manifest[] {
  const chart = new Chart(Testing.app(), 'tools', { namespace: 'tools', disableResourceNameHashes: true });
  const image = `ghcr.io/example/tool:1.0.0@sha256:${'a'.repeat(64)}`;
  const volume = { size: Size.gibibytes(10), path: '/data' };
  new Workload(chart, 'web', { image, port: 8080, health: HealthCheck.http('/readyz') });
  new Workload(chart, 'api', { image, port: 8080, controller: Controller.deployment({ autoscale: { max: 6 } }) });
  new Workload(chart, 'store', { image, port: 6379, controller: Controller.statefulSet({ replicas: 3, volume }) });
  new Workload(chart, 'agent', { image, port: 9100, controller: Controller.daemonSet() });
  new Workload(chart, 'report', { image, controller: Controller.cronJob({ schedule: '15 3 * * *' }) });
  return Testing.synth(chart);
}

function linted(): Manifest[] {
  const files = outputs().flatMap(({ folder }) => filesBelow(join(folder, 'kubernetes'), f => f.endsWith('.yaml')));
  return files
    .filter(file => !OF_THE_HOST.some(unit => file.includes(`/${unit}/`)))
    .map(file => [file, parse(readFileSync(file, 'utf8'))] as const)
    .filter(([file, object]) => LINTED.includes(object.kind) && !ofOperators(object, file))
    .map(([, object]) => object)
    .concat(everyController());
}

describeWith(['kube-score'], 'kube-score', () => {
  const verdict = new Verdict('kube-score 1.20, criticals');
  const criticals = (objects: readonly Manifest[]): string[] => {
    const run = spawnSync(tool('kube-score') as string, ['score', '--output-format', 'ci', '-'], {
      input: objects.map(o => stringify(o)).join('---\n'),
      encoding: 'utf8',
    });
    const lines = run.stdout.split('\n');
    // Nothing critical may also mean that nothing was read.
    const judged = new Set(
      lines.map(line =>
        line
          .match(/^\[\w+\] ([^ /]+)\S* (?:\S+\/)?(\w+)/)
          ?.slice(1)
          .join(),
      ),
    );
    const silent = objects.filter(({ kind, metadata }) => SCORED.includes(kind) && !judged.has(`${metadata.name},${kind}`));
    if (silent.length > 0) throw new Error(`kube-score says nothing of ${silent.map(o => o.metadata.name).join(', ')}: ${run.stderr}`);
    return lines.filter(line => line.startsWith('[CRITICAL]'));
  };

  test('finds nothing critical in our workloads', () => {
    const objects = linted();
    expect(objects.length).toBeGreaterThan(3);
    const found = criticals(objects);
    verdict.took(objects.length, found.length);
    expect(found).toEqual([]);
  });

  test('broken: finds a plain deployment critical', () => {
    const found = criticals([PLAIN]).length;
    verdict.sawBroken(found > 0);
    expect(found).toBeGreaterThan(3);
  });
});

describeWith(['checkov'], 'checkov', () => {
  const verdict = new Verdict('checkov 3.3, failures');
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'checkov-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const failures = (objects: readonly Manifest[]): { failed: string[] } => {
    const file = join(folder, 'objects.yaml');
    writeFileSync(file, objects.map(o => stringify(o)).join('---\n'));
    const args = ['-f', file, '--framework', 'kubernetes', '--output', 'json', '--soft-fail', '--quiet', '--skip-download'];
    const { summary, results } = JSON.parse(
      execFileSync(tool('checkov') as string, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }),
    );
    // Nothing failed may also mean that nothing was read.
    expect(summary.parsing_errors).toBe(0);
    expect(summary.resource_count).toBeGreaterThanOrEqual(objects.length);
    return {
      failed: results.failed_checks.map((check: { check_id: string; resource: string }) => `${check.check_id} ${check.resource}`),
    };
  };

  test('finds no failure in our workloads', () => {
    const objects = linted();
    const { failed } = failures(objects);
    verdict.took(objects.length, new Set(failed.map(f => f.split(' ')[1])).size);
    expect(failed).toEqual([]);
  });

  test('broken: finds failures in a plain deployment', () => {
    const found = failures([PLAIN]).failed.length;
    verdict.sawBroken(found > 0);
    expect(found).toBeGreaterThan(10);
  });
});
