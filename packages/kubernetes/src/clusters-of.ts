import type { Site } from '@ashlar/core';
import type { KubernetesCluster } from './kubernetes-cluster';

/** Marks a cluster, so that copies of this package know each other's. */
export const CLUSTER = Symbol.for('@ashlar/kubernetes.KubernetesCluster');

export function isKubernetesCluster(x: unknown): x is KubernetesCluster {
  return typeof x === 'object' && x !== null && CLUSTER in x;
}

/** The clusters of a site. They are model constructs, so engine trees need no search. */
export function clustersOf(site: Site): KubernetesCluster[] {
  return site.node.findAll().filter(isKubernetesCluster);
}
