import type { Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';

/** What Terraform is told of each resource of one kind, without what the engine notes of it. */
export function resourcesOf(site: Site, type: string): Record<string, unknown>[] {
  const text = Testing.files(site)['terraform/hypervisors/cdk.tf.json'] as string;
  const all = JSON.parse(text) as { resource?: Record<string, Record<string, Record<string, unknown>>> };
  return Object.values(all.resource?.[type] ?? {}).map(({ '//': _, ...attributes }) => attributes);
}
