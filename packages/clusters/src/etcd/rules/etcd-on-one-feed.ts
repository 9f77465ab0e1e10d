import { type Finding, failureDomains, findingAt, isProvider, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { controlPlanesOf } from '../control-plane';

/** A majority of etcd on one power feed, where the site has another that could carry some of it. */
export const etcdOnOneFeed: Rule = {
  code: 'ETCD_ON_ONE_FEED',
  severity: 'error',
  incident:
    'all three control planes hung on the left outlet strip, none on the right one; a breaker tripped, and no machine could be scheduled',
  *check(site: Site): Iterable<Finding> {
    const feeds = site.node.findAll().filter(isFeed);
    if (feeds.length < 2) return;
    for (const cluster of controlPlanesOf(site)) {
      const { controlPlanes } = cluster;
      if (controlPlanes.length < 3) continue;
      const domains = controlPlanes.map(failureDomains);
      for (const feed of feeds) {
        const lost = domains.filter(domain => domain.has(feed)).length;
        if (lost * 2 <= controlPlanes.length) continue;
        const other = feeds.find(each => each !== feed) as IConstruct;
        const problem = `${lost} of ${controlPlanes.length} control planes hang on ${pathOf(feed)} alone, and etcd stops with it`;
        yield findingAt(cluster, this, problem, `feed some of their hosts from ${pathOf(other)}, or each from both`);
      }
    }
  },
};

/** What offers electrical power and nothing else. */
function isFeed(construct: IConstruct): boolean {
  return isProvider(construct) && construct.capacity.power !== undefined && construct.capacity.memory === undefined;
}
