import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { claimedNetworks, overlap } from '../claimed-networks';
import { downstreamClustersOf } from '../downstream-clusters-of';

/** A pod or service network over a segment of the site, over another cluster's, or over each other. */
export const downstreamNetworkOverlap: Rule = {
  code: 'DOWNSTREAM_NETWORK_OVERLAP',
  severity: 'error',
  incident: 'the pods of a new cluster had the addresses of the storage network, and every volume of that cluster hung at its first write',
  *check(site: Site): Iterable<Finding> {
    const claimed = claimedNetworks(site);
    const seen: { readonly name: string; readonly cidr: string; readonly owner: string }[] = [];
    for (const cluster of downstreamClustersOf(site)) {
      const { pods, services } = cluster._plan;
      for (const [name, cidr] of [
        ['podCidr', pods],
        ['serviceCidr', services],
      ] as const) {
        const hit = [...claimed, ...seen].find(other => overlap(other.cidr, cidr));
        if (hit) {
          const theirs = 'name' in hit && hit.name ? `${hit.name} ` : '';
          const problem = `${name} ${cidr} overlaps ${theirs}${hit.cidr} of ${hit.owner}`;
          yield findingAt(cluster, this, problem, 'choose a prefix that nothing else of the site has');
        }
        seen.push({ name, cidr, owner: pathOf(cluster) });
      }
    }
  },
};
