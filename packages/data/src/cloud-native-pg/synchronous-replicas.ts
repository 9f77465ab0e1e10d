import { type Check, ConfigError, Duration, type Replication, warn } from '@ashlar/core';
import type { Construct } from 'constructs';

/** With a synchronous replica no confirmed commit is lost; without one, what the replicas lag behind is. */
export function replication(instances: number, synchronous: number): Replication | undefined {
  if (instances === 1) return undefined;
  const replicas = instances === 2 ? '1 replica' : `${instances - 1} replicas`;
  return { to: [`${replicas} on other nodes`], ...(synchronous > 0 && { recoveryPoint: Duration.seconds(0) }) };
}

/** How many replicas confirm a commit. @throws POSTGRES_SYNC_REPLICAS */
export function synchronousReplicas(scope: Construct, check: Check, instances: number, given: number | undefined): number {
  const count = check.integer('synchronousReplicas', given ?? (instances >= 3 ? 1 : 0), 0, 8);
  if (count >= instances) {
    throw new ConfigError(scope, 'POSTGRES_SYNC_REPLICAS', `synchronousReplicas must be below instances (${instances})`, {
      got: count,
      fix: instances === 1 ? 'use 0, or raise instances' : `use at most ${instances - 1}, or raise instances`,
    });
  }
  if (count > 0 && count === instances - 1) {
    warn(
      scope,
      'POSTGRES_SYNC_ALL',
      `all ${count === 1 ? 'of 1 replica' : `${count} replicas`} must confirm a commit, so that the loss of any one stops writing`,
      `write instances: ${count + 2}`,
    );
  }
  return count;
}
