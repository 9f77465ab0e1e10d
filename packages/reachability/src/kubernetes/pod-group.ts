import type { PodGroup } from '../router';

/** A label that no pod has: with it, a group is none of those that anybody names. */
const NAMELESS = { 'ashlar.dev/pods': 'other' };
/** No name of a namespace, so that it is none of those that anybody names. */
const ELSEWHERE = '*';

/** The pods of a namespace that have no label which any selector asks for. */
export function otherPods(cluster: string, namespace: string): PodGroup {
  return { cluster, namespace, labels: NAMELESS };
}

/** Pods of a namespace that nobody names. */
export function podsElsewhere(cluster: string): PodGroup {
  return otherPods(cluster, ELSEWHERE);
}

/** Whether it is the pods that nobody names: they have nothing in common. */
export function isUnnamed({ labels }: PodGroup): boolean {
  return labels === NAMELESS;
}

/** Text that two groups have in common when they are the same. */
export function keyOfGroup({ cluster, namespace, labels }: PodGroup): string {
  return JSON.stringify([cluster, namespace, Object.entries(labels).sort()]);
}

/** Whether every pod of `group` is one of `of`. */
export function isAmong(group: PodGroup, of: PodGroup): boolean {
  const wanted = Object.entries(of.labels);
  return group.cluster === of.cluster && group.namespace === of.namespace && wanted.every(([key, value]) => group.labels[key] === value);
}

/** `pods of shop with app=web` */
export function calledGroup(group: PodGroup): string {
  const { namespace, labels } = group;
  if (namespace === ELSEWHERE) return 'pods of any other namespace';
  if (isUnnamed(group)) return `other pods of ${namespace}`;
  const pairs = Object.entries(labels).sort();
  return `pods of ${namespace} with ${pairs.map(([key, value]) => `${key}=${value}`).join(',') || 'any labels'}`;
}
