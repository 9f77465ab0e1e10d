import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '@ashlar/core';
import { filesBelow, outputs } from '../tool';

/** One resource of Terraform JSON. */
export interface Resource {
  // biome-ignore lint/suspicious/noExplicitAny: the schema of each kind is what is being tested
  [attribute: string]: any;
  lifecycle?: { prevent_destroy?: boolean; ignore_changes?: string[] | 'all'; [rule: string]: unknown };
}

/** What a `cdk.tf.json` holds. */
export interface Configuration {
  terraform: {
    backend?: Record<string, Record<string, unknown>>;
    required_providers?: Record<string, { source: string; version: string }>;
  };
  provider?: Record<string, Record<string, unknown>[]>;
  variable?: Record<string, { default?: unknown; type?: string; sensitive?: boolean }>;
  resource?: Record<string, Record<string, Resource>>;
}

/** A workspace as it is committed. */
export interface Committed {
  /** As in `optiplex-cloud/hypervisors`. */
  readonly name: string;
  readonly configuration: Configuration;
}

/** Every Terraform workspace of every app. */
export function committedWorkspaces(): Committed[] {
  return outputs().flatMap(({ app, folder }) =>
    filesBelow(join(folder, 'terraform'), path => path.endsWith('/cdk.tf.json')).map(path => ({
      name: `${app}/${path.split('/').at(-2)}`,
      configuration: JSON.parse(readFileSync(path, 'utf8')) as Configuration,
    })),
  );
}

/** Every Terraform workspace of a site, rendered now. */
export function renderedWorkspaces(site: Site): Committed[] {
  const files = site
    .render()
    .output.entries()
    .filter(([path]) => path.endsWith('/cdk.tf.json'));
  return files.map(([path, text]) => ({ name: `${site.node.id}/${path.split('/').at(-2)}`, configuration: JSON.parse(text) }));
}

/** Every resource with its address. */
export function resources(
  configuration: Configuration,
): { readonly address: string; readonly type: string; readonly resource: Resource }[] {
  return Object.entries(configuration.resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, resource]) => ({ address: `${type}.${name}`, type, resource })),
  );
}

/** A copy that was changed. */
export function changed(configuration: Configuration, change: (copy: Configuration) => void): Configuration {
  const copy = structuredClone(configuration);
  change(copy);
  return copy;
}

/** The same without `prevent_destroy`, which is what a person does who really wants it gone. */
export function destroyable(configuration: Configuration): Configuration {
  return changed(configuration, copy => {
    for (const { resource } of resources(copy)) delete resource.lifecycle?.prevent_destroy;
  });
}
