import { ConfigError, pathOf, toYaml } from '@ashlar/core';
import type { ApiObject } from 'cdk8s';
import type { Unit } from './unit';

interface Manifest {
  readonly object: ApiObject;
  readonly json: { apiVersion: string; kind: string; metadata: { name: string; namespace?: string; annotations?: Record<string, string> } };
}

/** Annotation by which Argo CD applies a lower wave before a higher one. @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/ */
const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';

/** One file an object, `<Kind>-<name>.yaml`. The kind's group is added where two kinds share a name, the namespace where it is not the unit's. */
export function manifestFiles(
  unit: Unit,
  objects: readonly ApiObject[],
  waves: ReadonlyMap<ApiObject, number>,
): [file: string, text: string][] {
  const manifests = objects.map((object): Manifest => ({ object, json: toJson(object, waves.get(object) ?? 0) }));
  const groups = new Map<string, Set<string>>();
  for (const { json } of manifests) {
    const versions = groups.get(json.kind) ?? new Set();
    groups.set(json.kind, versions.add(groupOf(json.apiVersion)));
  }
  return manifests.map(({ json }) => {
    const kind = (groups.get(json.kind) as Set<string>).size > 1 ? `${json.kind}.${groupOf(json.apiVersion)}` : json.kind;
    const { name, namespace } = json.metadata;
    const owner = namespace && namespace !== unit.namespace ? `${namespace}.` : '';
    return [`${kind}-${owner}${name.replace(/[^\w.-]/g, '_')}.yaml`, toYaml(json)];
  });
}

function toJson(object: ApiObject, wave: number): Manifest['json'] {
  const json = render(object);
  if (!json.metadata.namespace) delete json.metadata.namespace;
  if (wave > 0) json.metadata.annotations = { ...json.metadata.annotations, [SYNC_WAVE]: String(wave) };
  return json;
}

/** The engine wraps whatever a resolver throws in its own text; the resolver's own error is the one to show. */
function render(object: ApiObject): Manifest['json'] {
  try {
    return object.toJson();
  } catch (error) {
    const told = String((error as Error).message).match(/ConfigError: \[([^\]]+)\] (.*?); (.*) \((\w+)\)$/s);
    if (told) throw new ConfigError(told[1] as string, told[4] as string, told[2] as string, { fix: told[3] });
    const cause = String((error as Error).message).replace(
      /^Failed serializing construct at path '[^']*' with name '[^']*': (Error: )?/,
      '',
    );
    throw new ConfigError(pathOf(object), 'MANIFEST', `cannot be written as a manifest: ${cause}`, {
      fix: 'use plain values: text, numbers, lists and objects',
    });
  }
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] as string) : 'core';
}
