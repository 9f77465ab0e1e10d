import { ConfigError, pathOf } from '@ashlar/core';
import type { HarvesterCluster } from './harvester-cluster';
import type { HarvesterNode } from './harvester-node';

const WITNESS = 'https://docs.harvesterhci.io/v1.7/advanced/witness';

/**
 * The nodes with a vote. Harvester promotes two more to management nodes as soon as there are three that may be one; until
 * then the first alone has the cluster's state.
 * @throws HARVESTER_QUORUM, HARVESTER_WITNESS
 */
export function votersOf(cluster: HarvesterCluster): readonly HarvesterNode[] {
  const [first] = cluster.nodes;
  const witnesses = cluster.nodes.filter(node => node.role === 'witness');
  const candidates = cluster.nodes.filter(node => node.role === 'default' || node.role === 'management');
  if (witnesses.length > 1) {
    throw new ConfigError(
      cluster,
      'HARVESTER_WITNESS',
      `${witnesses.map(node => node.name).join(' and ')} are witnesses, and a cluster has one`,
      {
        fix: 'give one of them another role',
        see: WITNESS,
      },
    );
  }
  if (first && !candidates.includes(first)) {
    throw new ConfigError(first, 'HARVESTER_WITNESS', `is the first node, which creates the cluster, and its role is ${first.role}`, {
      fix: 'name a node without a role first',
      see: WITNESS,
    });
  }
  const voters = [...promoted(candidates).slice(0, 3 - witnesses.length), ...witnesses];
  if (cluster.nodes.length > 1 && voters.length % 2 === 0) {
    throw new ConfigError(
      cluster,
      'HARVESTER_QUORUM',
      `${voters.map(node => node.name).join(' and ')} have an even number of votes, so that the loss of either stops the cluster`,
      { fix: "add a node that may be a management node, or a third one with role: 'witness'", see: WITNESS },
    );
  }
  if (cluster.nodes.length > 1 && voters.length === 1) {
    throw new ConfigError(
      cluster,
      'HARVESTER_QUORUM',
      `of ${cluster.nodes.length} nodes only ${pathOf(voters[0] as HarvesterNode)} has a vote, and its loss stops the cluster`,
      {
        fix: "leave role: 'worker' out at two others",
        see: 'https://docs.harvesterhci.io/v1.7/host/#role-management',
      },
    );
  }
  return voters;
}

/** The creating node, then those with the role, then in order of joining. */
function promoted(candidates: readonly HarvesterNode[]): readonly HarvesterNode[] {
  const [first, ...others] = candidates;
  if (!first) return [];
  return [first, ...others.filter(node => node.role === 'management'), ...others.filter(node => node.role === 'default')];
}
