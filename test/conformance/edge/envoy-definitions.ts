import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import { filesBelow } from '../tool';

const TOOLS: readonly { name: string; version: string }[] = JSON.parse(readFileSync(join(__dirname, '../tools.json'), 'utf8'));

let chart: string | undefined;

/** The chart of Envoy Gateway, of the version of egctl, in Go's own cache of modules: nothing of it is kept here. */
export function envoyChart(): string {
  if (chart) return chart;
  const { version } = TOOLS.find(({ name }) => name === 'egctl') as { version: string };
  const work = mkdtempSync(join(tmpdir(), 'envoy-chart-'));
  try {
    writeFileSync(join(work, 'go.mod'), 'module conformance\n');
    const module = `github.com/envoyproxy/gateway@v${version}`;
    const told = execFileSync('go', ['mod', 'download', '-json', module], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    chart = join(JSON.parse(told).Dir, 'charts/gateway-helm');
    return chart;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Custom resource definitions of Envoy Gateway itself, without those of the Gateway API. */
export function envoyDefinitions(): KubernetesObject[] {
  return filesBelow(join(envoyChart(), 'charts/crds/crds/generated'), file => file.endsWith('.yaml')).map(file =>
    parse(readFileSync(file, 'utf8')),
  );
}
