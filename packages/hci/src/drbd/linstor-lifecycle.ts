import { Duration, type Lifecycle } from '@ashlar/core';
import { onVote } from './drbd-lifecycle';
import type { DrbdNode } from './drbd-node';
import type { LinstorCluster } from './linstor-cluster';

/** LINSTOR comes up on its mirror, and moves its database onto it. */
export function linstorLifecycle({ cluster }: LinstorCluster): Lifecycle {
  const first = cluster.nodes[0] as DrbdNode;
  return {
    startsAfter: [],
    start: [
      {
        id: 'controller',
        title: `Bring LINSTOR up on ${cluster.votes.map(vote => vote.name).join(', ')}`,
        action: { byHand: `Follow devices/drbd/${cluster.name}/RUNBOOK.md, LINSTOR, to its sixth step` },
        check: { command: onVote(first, `linstor node list | grep -c Online | grep -qx ${cluster.votes.length}`) },
        undo: { byHand: 'On all, `systemctl disable --now drbd-reactor linstor-controller linstor-satellite`' },
        budget: Duration.minutes(45),
        destroys: 'what is on the disks of the pools',
      },
    ],
  };
}
