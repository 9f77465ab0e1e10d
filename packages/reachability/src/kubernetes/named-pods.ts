import type { PodGroup } from '../router';
import type { Pods } from './pod';
import { keyOfGroup, otherPods, podsElsewhere } from './pod-group';
import type { Policy } from './policy';

/** One group of pods for each kind that a policy selects or lets through, and one for the others of each namespace. */
export function namedPods(cluster: string, policies: readonly Policy[], pods: Pods): readonly PodGroup[] {
  const selected = policies.flatMap(policy => [policy.selected, ...policy.rules.flatMap(rule => rule.named)]);
  const namespaces = [...new Set([...pods.made, ...selected.flatMap(({ namespace }) => namespace ?? [])])];
  const others = [podsElsewhere(cluster), ...namespaces.map(namespace => otherPods(cluster, namespace))];
  const labelled = selected
    .filter(({ labels }) => Object.keys(labels).length > 0)
    .flatMap(({ namespace, labels }) => (namespace === undefined ? namespaces : [namespace]).map(n => ({ cluster, namespace: n, labels })))
    .flatMap(group => alike(group, policies, pods));
  const groups = new Map([...labelled, ...others].map(group => [keyOfGroup(group), group]));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The group, or one for each template of its pods when they are not all under the same policies. */
function alike(group: PodGroup, policies: readonly Policy[], pods: Pods): readonly PodGroup[] {
  const all = pods.with(group.namespace, group.labels);
  const found = all.filter(pod => !pod.isOnHostNetwork);
  const kinds = new Set(found.map(pod => policies.map(policy => policy.selects(pod)).join()));
  if (found.length === all.length && kinds.size === 1) return [group];
  return found.map(({ namespace, labels }) => ({ cluster: group.cluster, namespace, labels }));
}
