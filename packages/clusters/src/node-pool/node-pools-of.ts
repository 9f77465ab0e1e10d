import type { Site } from '@ashlar/core';
import type { NodePool } from './node-pool';

export const POOL = Symbol.for('@ashlar/clusters.NodePool');

export function isNodePool(x: unknown): x is NodePool {
  return typeof x === 'object' && x !== null && POOL in x;
}

/** Every pool of cloud servers of a site. */
export function nodePoolsOf(site: Site): NodePool[] {
  return site.findAll().filter(isNodePool);
}
