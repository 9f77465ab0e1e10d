import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { load } from 'js-yaml';

/** Reference data of the operators; it is not part of the repository. */
export const CONFORMANCE = join(__dirname, '../../../../shared/conformance');
export const HAS_CONFORMANCE = existsSync(CONFORMANCE);

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a custom resource definition finds wrong with an object, unknown fields included. */
export function crdErrors(operator: string, manifest: Manifest): string[] {
  const folder = join(CONFORMANCE, 'crds', operator);
  for (const file of readdirSync(folder)) {
    // biome-ignore lint/suspicious/noExplicitAny: the shape of a definition is the vendor's
    const crd = load(readFileSync(join(folder, file), 'utf8')) as any;
    const [group, version] = manifest.apiVersion.split('/');
    if (crd?.spec?.names?.kind !== manifest.kind || crd.spec.group !== group) continue;
    const schema = crd.spec.versions.find((v: { name: string }) => v.name === version).schema.openAPIV3Schema;
    const { properties } = closed(schema) as { properties: Record<string, object> };
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: false });
    const validate = ajv.compile({ ...(closed(schema) as object), properties: { ...properties, metadata: { type: 'object' } } });
    validate(manifest);
    return (validate.errors ?? []).map(error => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  throw new Error(`no definition of ${manifest.kind}`);
}

/** Definitions drop fields that they do not know; here they are errors. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)])) as Record<string, unknown>;
  if (copy['x-kubernetes-int-or-string']) return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  if (copy.properties && copy.type === 'object' && !copy['x-kubernetes-preserve-unknown-fields']) copy.additionalProperties ??= false;
  return copy;
}
