import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { simulateMove } from '../move-simulation';
import { movesOf } from '../moves-of';

/** A move that would stop in the middle, or do harm: a budget that lets nothing go, etcd without its majority. */
export const moveNeverEnds: Rule = {
  code: 'MOVE_NEVER_ENDS',
  severity: 'error',
  incident:
    'half of a cluster was in the new cloud when a database with one replica refused to leave the old one; both were paid for three weeks',
  *check(site: Site): Iterable<Finding> {
    for (const move of movesOf(site)) {
      const hosts = (members: readonly { readonly hostName: string }[]) => members.map(({ hostName }) => hostName);
      const world = { from: hosts(move.from.members), to: hosts(move.to.members), workloads: move.workloads };
      for (const fault of new Set(simulateMove(world, move.events).map(each => each.replace(/^[^:]*: /, '')))) {
        yield findingAt(move, this, fault, 'let one be away: run one more replica, or ask for one less');
      }
    }
  },
};
