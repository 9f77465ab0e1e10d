import { loadAll, YAMLException } from 'js-yaml';
import { unjudged } from '../unjudged';
import { Manifest } from './manifest';

/** An object of the API with what tells it from others. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Empty for objects of the whole cluster. */
  readonly namespace: string;
  readonly manifest: Manifest;
}

/** The objects in a file of manifests, those of lists included. @throws REACH_UNJUDGED when it is no YAML or has no object */
export function parseManifests(file: string, text: string): readonly ApiObject[] {
  return documents(file, text)
    .filter(document => document !== null && document !== undefined)
    .flatMap(document => objects(file, document));
}

function documents(file: string, text: string): readonly unknown[] {
  try {
    return loadAll(text);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    throw unjudged(file, error.mark.line + 1, 'text that is no YAML', 'write manifests');
  }
}

function objects(file: string, document: unknown): readonly ApiObject[] {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw unjudged(file, undefined, 'a document that is no object', 'write manifests');
  }
  const whole = new Manifest(file, 'a document', document as Record<string, unknown>);
  const [apiVersion, kind] = [whole.text('apiVersion'), whole.text('kind')];
  if (apiVersion === 'v1' && kind === 'List') return (document as { items?: unknown[] }).items?.flatMap(item => objects(file, item)) ?? [];
  const metadata = whole.part('metadata');
  const [name, namespace] = [metadata?.text('name') ?? '', metadata?.text('namespace') ?? ''];
  const path = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
  return [{ apiVersion, kind, name, namespace, manifest: new Manifest(file, path, document as Record<string, unknown>) }];
}
