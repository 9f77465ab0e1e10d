import type { Site } from '@ashlar/core';
import type { HarvesterCluster } from './harvester-cluster';

/** Marks a cluster, so that its parts know one without loading it, and copies of this package know each other's. */
export const CLUSTER = Symbol.for('@ashlar/hci.HarvesterCluster');

export function isHarvesterCluster(x: unknown): x is HarvesterCluster {
  return typeof x === 'object' && x !== null && CLUSTER in x;
}

/** The Harvester clusters of a site. They are model constructs, so engine trees need no search. */
export function harvestersOf(site: Site): HarvesterCluster[] {
  return site.node.findAll().filter(isHarvesterCluster);
}
