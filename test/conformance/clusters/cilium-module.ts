import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { CILIUM_VERSION } from '../../../packages/clusters/src';
import type { KubernetesObject } from '../kubernetes/api-client';
import { filesBelow } from '../tool';

let folder: string | undefined;

/** Cilium's own source at the release that is installed: with its chart, and what it defines in a cluster. */
function ciliumModule(): string {
  folder ??= JSON.parse(
    execFileSync('go', ['mod', 'download', '-json', `github.com/cilium/cilium@v${CILIUM_VERSION}`], { encoding: 'utf8', cwd: tmpdir() }),
  ).Dir as string;
  return folder;
}

/** The folder of the chart. */
export function ciliumChart(): string {
  return join(ciliumModule(), 'install/kubernetes/cilium');
}

/** What Cilium's operator defines when it starts. */
export function ciliumDefinitions(): KubernetesObject[] {
  return filesBelow(join(ciliumModule(), 'pkg/k8s/apis/cilium.io/client/crds'), path => path.endsWith('.yaml')).map(
    file => parse(readFileSync(file, 'utf8')) as KubernetesObject,
  );
}
