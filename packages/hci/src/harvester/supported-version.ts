import { ConfigError, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Kubernetes of each version of Harvester, by `major.minor`. @see https://docs.harvesterhci.io/v1.7/upgrade/automatic */
const KUBERNETES: Readonly<Record<string, string>> = { '1.6': '1.33', '1.7': '1.34' };

/**
 * The version of Kubernetes inside a version of Harvester.
 *
 * From 1.8 on the storage class of an image has a name with an id that nobody knows before the image exists, so that volumes
 * cannot be declared beside their image.
 * @throws HARVESTER_VERSION
 */
export function kubernetesOf(scope: IConstruct, version: Version): Version {
  const kubernetes = KUBERNETES[`${version.major}.${version.minor}`];
  if (kubernetes !== undefined) return Version.of(kubernetes);
  const later = version.satisfies('>=1.8') ? ': later ones name the storage class of an image by an id that nobody knows beforehand' : '';
  throw new ConfigError(scope, 'HARVESTER_VERSION', `version must be one of ${Object.keys(KUBERNETES).join(', ')}${later}`, {
    got: String(version),
    fix: "write Version.of('1.7.1')",
    see: 'https://docs.harvesterhci.io/v1.7/upgrade/automatic',
  });
}
