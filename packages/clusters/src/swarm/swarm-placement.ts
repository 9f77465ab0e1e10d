import { ConfigError, pathOf } from '@ashlar/core';
import type { DockerSwarm } from './docker-swarm';
import type { SwarmNode } from './swarm-node';
import type { SwarmService } from './swarm-service';
import type { SwarmStack } from './swarm-stack';

/** What of a service says where its tasks may run. */
type Placed = Pick<SwarmService, 'on' | 'labels' | 'replicas' | 'maxReplicasPerNode'>;

/**
 * Refuses a service that no node may run, or not often enough: its tasks would be pending for good.
 * @throws SWARM_NO_NODE, SWARM_REPLICAS
 */
export function checkPlacement(stack: SwarmStack, name: string, service: Placed): void {
  const at = `${pathOf(stack)}/${name}`;
  const { on, labels, replicas, maxReplicasPerNode } = service;
  const nodes = nodesFor(stack.swarm, service).length;
  if (nodes === 0) {
    const wanted = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const which = [on === 'any' ? 'no node' : `none of the ${on}`, ...(wanted.length > 0 ? [`with ${wanted.join(', ')}`] : [])];
    throw new ConfigError(at, 'SWARM_NO_NODE', `${which.join(' ')} of ${stack.swarm.name} may run it`, {
      fix: wanted.length > 0 ? 'give a node these labels, or remove them here' : "write on: 'any'",
    });
  }
  if (replicas === 'global' || maxReplicasPerNode === undefined || replicas <= nodes * maxReplicasPerNode) return;
  const room = nodes * maxReplicasPerNode;
  const each = `${nodes} ${nodes === 1 ? 'node runs' : 'nodes run'} ${maxReplicasPerNode} each`;
  throw new ConfigError(at, 'SWARM_REPLICAS', `${replicas} replicas have room for ${room}: ${each}`, {
    fix: `write replicas: ${room}, or raise maxReplicasPerNode`,
  });
}

/** Whether a new task starts before an old one goes: only where there is room for one more. */
export function updateOrder(swarm: DockerSwarm, service: Placed): 'start-first' | 'stop-first' {
  const { replicas, maxReplicasPerNode } = service;
  if (replicas === 'global' || maxReplicasPerNode === undefined) return 'stop-first';
  return replicas < nodesFor(swarm, service).length * maxReplicasPerNode ? 'start-first' : 'stop-first';
}

function nodesFor(swarm: DockerSwarm, { on, labels }: Placed): SwarmNode[] {
  return swarm.nodes.filter(node => {
    const role = on === 'any' || on === `${node.role}s`;
    return role && Object.entries(labels).every(([key, value]) => node.labels[key] === value);
  });
}
