import type { Site } from '@ashlar/core';
import { clustersOf } from '@ashlar/kubernetes';
import type { K3sCluster } from './k3s-cluster';

/** The K3s clusters of a site: those that know their pod network and servers. */
export function k3sClustersOf(site: Site): K3sCluster[] {
  return clustersOf(site).filter((cluster): cluster is K3sCluster => 'pods' in cluster && 'servers' in cluster);
}
