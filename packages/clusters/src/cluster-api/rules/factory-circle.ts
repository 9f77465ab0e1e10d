import { type Finding, findingAt, isPlaced, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { downstreamClustersOf } from '../downstream-clusters-of';

/** A factory in a cluster that stands on one of those that it makes: after a loss of both, neither can be made. */
export const factoryCircle: Rule = {
  code: 'FACTORY_CIRCLE',
  severity: 'error',
  incident:
    'the management cluster had been moved onto machines of a cluster that it managed; when that was rebuilt, nothing was left to build it',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of downstreamClustersOf(site)) {
      const way = wayTo(cluster.factory.management, cluster);
      if (!way) continue;
      const told = [...way, cluster.factory.management].map(pathOf).join(' → ');
      yield findingAt(
        cluster,
        this,
        `is made by a factory that stands on it: ${told}`,
        'put the management cluster on machines that no factory of it makes',
      );
    }
  },
};

/** What leads from one construct to another by standing on it, ends included. Iterative. */
function wayTo(from: IConstruct, to: IConstruct): IConstruct[] | undefined {
  const before = new Map<IConstruct, IConstruct | undefined>([[from, undefined]]);
  for (const at of before.keys()) {
    if (at === to) {
      const way: IConstruct[] = [];
      for (let step: IConstruct | undefined = at; step; step = before.get(step)) way.unshift(step);
      return way;
    }
    const supports = isPlaced(at) ? at.placement.standsOn.flat() : [];
    for (const next of supports) if (!before.has(next)) before.set(next, at);
  }
  return undefined;
}
