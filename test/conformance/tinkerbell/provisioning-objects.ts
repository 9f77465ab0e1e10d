import { Testing } from '@ashlar/core/testing';
import { parse } from 'yaml';
import { provisionedLab } from '../../../packages/hardware/test/provisioning/boot-lab';
import type { KubernetesObject } from '../kubernetes/api-client';

/** Every manifest of a site that has all that the package makes for provisioning, by file. */
export function provisioningObjects(): (readonly [file: string, object: KubernetesObject])[] {
  return Object.entries(Testing.files(provisionedLab().site))
    .filter(([path]) => path.startsWith('kubernetes/boot/tinkerbell/'))
    .map(([path, text]) => [path, parse(text) as KubernetesObject] as const);
}
