import type { Site } from '@ashlar/core';
import type { DownstreamCluster } from './downstream-cluster';

/** Marks a cluster of a factory, so that copies of this package know each other's. */
export const DOWNSTREAM = Symbol.for('@ashlar/clusters.DownstreamCluster');

/** The clusters that factories of a site make. */
export function downstreamClustersOf(site: Site): DownstreamCluster[] {
  return site.node.findAll().filter((construct): construct is DownstreamCluster => DOWNSTREAM in construct);
}
