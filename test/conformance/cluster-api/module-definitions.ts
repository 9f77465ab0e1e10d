import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { KubernetesObject } from '../kubernetes/api-client';
import type { ControlPlane } from '../kubernetes/control-plane';
import { waitFor } from '../kubernetes/process';
import { applied } from '../kubernetes/shown-objects';
import { filesBelow } from '../tool';

/** Where a Go module keeps its custom resource definitions. */
const MODULES = {
  operator: { path: 'sigs.k8s.io/cluster-api-operator@v0.28.0', folder: 'config/crd/bases' },
  cilium: { path: 'github.com/cilium/cilium@v1.20.2', folder: 'pkg/k8s/apis/cilium.io/client/crds' },
};

/** Custom resource definitions out of Go's own cache of modules: nothing of them is kept here. */
export function moduleDefinitions(name: keyof typeof MODULES): KubernetesObject[] {
  const { path, folder } = MODULES[name];
  const work = mkdtempSync(join(tmpdir(), 'definitions-'));
  try {
    writeFileSync(join(work, 'go.mod'), 'module conformance\n');
    const told = execFileSync('go', ['mod', 'download', '-json', path], {
      cwd: work,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return filesBelow(join(JSON.parse(told).Dir, folder), file => file.endsWith('.yaml')).map(file => parse(readFileSync(file, 'utf8')));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Installs definitions, and waits until all are served. */
export async function installDefinitions(plane: ControlPlane, definitions: readonly KubernetesObject[]): Promise<void> {
  await Promise.all(definitions.map(definition => applied(plane, definition)));
  await waitFor('the definitions of Go modules', 60, async () => {
    const answers = await Promise.all(definitions.map(({ metadata }) => plane.client.call('GET', `${DEFINITIONS}/${metadata.name}`)));
    return answers.every(({ body }) =>
      body.status?.conditions?.some((each: { type: string; status: string }) => each.type === 'Established' && each.status === 'True'),
    );
  });
}

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
