import type { Site } from '@ashlar/core';
import type { DrbdCluster } from './drbd-cluster';

const CLUSTERS = Symbol.for('@ashlar/hci.drbdClusters');

/** The DRBD clusters of a site. They enter themselves, so that no rule searches the trees. */
export function drbdClustersOf(site: Site): DrbdCluster[] {
  const host = site as { [CLUSTERS]?: DrbdCluster[] };
  if (!host[CLUSTERS]) Object.defineProperty(site, CLUSTERS, { value: [] });
  return host[CLUSTERS] as DrbdCluster[];
}
