import type { Site } from '@ashlar/core';
import type { DockerSwarm } from './docker-swarm';

/** Marks a swarm, so that copies of this package know each other's. */
export const SWARM = Symbol.for('@ashlar/clusters.DockerSwarm');

export function isDockerSwarm(x: unknown): x is DockerSwarm {
  return typeof x === 'object' && x !== null && SWARM in x;
}

/** The swarms of a site. */
export function swarmsOf(site: Site): DockerSwarm[] {
  return site.node.findAll().filter(isDockerSwarm);
}
