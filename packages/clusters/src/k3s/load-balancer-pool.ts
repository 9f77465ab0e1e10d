import { ConfigError, type IInstance, pathOf } from '@ashlar/core';
import type { Pool } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/**
 * The range of a pool, once it is one that nodes can announce.
 * @throws LOAD_BALANCER_POOL when it is for another use, or in a segment where a node has no address
 */
export function loadBalancerPool(scope: IConstruct, pool: Pool, nodes: readonly IInstance[]): string {
  if (pool.use !== 'load-balancer') {
    throw new ConfigError(scope, 'LOAD_BALANCER_POOL', `loadBalancers is ${pathOf(pool)}, a pool for ${pool.use}`, {
      fix: "make a pool with use: 'load-balancer'",
    });
  }
  const outside = nodes.find(node => !node.addresses.some(address => address.vlan === pool.vlan));
  if (outside) {
    throw new ConfigError(
      scope,
      'LOAD_BALANCER_POOL',
      `loadBalancers is in ${pool.vlan.name}, where ${pathOf(outside)} has no address and cannot answer for it`,
      {
        fix: 'make the pool in the segment of the nodes',
      },
    );
  }
  return pool.ranges.map(range => `${range.first}-${range.last}`).join(',');
}
