import type { Site } from '@ashlar/core';
import { clustersOf, type KubernetesCluster } from '@ashlar/kubernetes';
import type { TalosCluster } from './talos-cluster';

/** Marks a cluster on Talos, so that copies of this package know each other's. */
export const TALOS = Symbol.for('@ashlar/clusters.TalosCluster');

export function isTalosCluster(x: unknown): x is TalosCluster {
  return typeof x === 'object' && x !== null && TALOS in x;
}

/** The Talos clusters of a site. */
export function talosClustersOf(site: Site): TalosCluster[] {
  return clustersOf(site).filter((cluster): cluster is KubernetesCluster & TalosCluster => isTalosCluster(cluster));
}
