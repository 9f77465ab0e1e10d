import { ConfigError, pathOf } from '@ashlar/core';
import type { DrbdCluster } from './drbd-cluster';
import type { DrbdNodeProps } from './drbd-node';

const SEE = 'https://linbit.com/drbd-user-guide/drbd-guide-9_0-en/#s-configuring-quorum';

/** An odd number of votes, each on a machine of its own. @throws DRBD_COPIES, DRBD_TIEBREAKER, DRBD_NODE_TWICE */
export function requireVotes(cluster: DrbdCluster, nodes: readonly DrbdNodeProps[], tiebreaker: DrbdNodeProps | undefined): void {
  const count = nodes.length;
  if (count < 2 || count > 5) {
    throw new ConfigError(cluster, 'DRBD_COPIES', 'a mirror has 2 to 5 nodes that hold a copy', {
      got: count,
      fix: 'name two nodes and a tiebreaker',
      see: SEE,
    });
  }
  if (count % 2 === 0 && tiebreaker === undefined) {
    throw new ConfigError(
      cluster,
      'DRBD_TIEBREAKER',
      `${count} nodes have an even number of votes: when their link breaks, ${count === 2 ? 'neither' : 'no half'} may write, or both do`,
      { fix: 'add a third party without a disk, with tiebreaker: { host, machine: router }', see: SEE },
    );
  }
  if (count % 2 === 1 && tiebreaker !== undefined) {
    throw new ConfigError(cluster, 'DRBD_TIEBREAKER', `${count} nodes have an odd number of votes, and a tiebreaker makes it even`, {
      fix: 'leave tiebreaker out',
      see: SEE,
    });
  }
  const votes = [...nodes, ...(tiebreaker === undefined ? [] : [tiebreaker])];
  for (const [i, vote] of votes.entries()) {
    const other = votes.slice(0, i).find(v => v?.host === vote?.host || (v?.machine !== undefined && v.machine === vote?.machine));
    if (!other || vote?.host === undefined) continue;
    const what = vote === tiebreaker ? 'the tiebreaker is' : 'a node is named twice:';
    throw new ConfigError(
      cluster,
      'DRBD_NODE_TWICE',
      `${what} ${pathOf(vote.machine ?? vote.host)}, which holds a copy already, so that its loss takes two votes of ${votes.length}`,
      { fix: 'name another machine, which may be as small as a router' },
    );
  }
}
