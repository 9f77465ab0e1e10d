import { type Address, failureDomains, type IInstance, isProvider } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** A machine of a cluster, and what it is there. */
export interface TalosMember {
  readonly node: IInstance;
  readonly controlPlane: boolean;
  /** By which the others, and whoever configures it, reach it. */
  readonly address: Address;
}

/** The host that takes a member with it, when there is one alone that does. */
export function hostOf(node: IInstance): IConstruct | undefined {
  return [...failureDomains(node)].find(domain => isProvider(domain) && domain.capacity.memory !== undefined);
}

/**
 * What the scheduler is told of a node's place, so that replicas are spread over hosts.
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#topologykubernetesiozone
 */
export function placeLabels(node: IInstance): Record<string, string> {
  const host = hostOf(node);
  return host ? { 'topology.kubernetes.io/zone': host.node.id } : {};
}
