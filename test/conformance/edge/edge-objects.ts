import { Testing } from '@ashlar/core/testing';
import { parse } from 'yaml';
import { published } from '../../../packages/edge/test/published';
import type { KubernetesObject } from '../kubernetes/api-client';

/** Every manifest of a site that has all that the package makes, by file. */
export function edgeObjects(): (readonly [file: string, object: KubernetesObject])[] {
  return Object.entries(Testing.files(published().site))
    .filter(([path]) => path.startsWith('kubernetes/') && path.endsWith('.yaml'))
    .map(([path, text]) => [path, parse(text) as KubernetesObject] as const);
}
