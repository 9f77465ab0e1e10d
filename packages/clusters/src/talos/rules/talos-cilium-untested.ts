import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { CILIUM_VERSION } from '../../cilium/cilium';
import { talosClustersOf } from '../talos-clusters-of';
import { CILIUM_TESTED_WITH, plain } from '../talos-releases';

/** A version of Kubernetes that the makers of Cilium do not test theirs with. */
export const talosCiliumUntested: Rule = {
  code: 'TALOS_CILIUM_UNTESTED',
  severity: 'warning',
  incident:
    'an old Kubernetes lacked an API that the new Cilium watches; its agents restarted all night, and nobody had tried the pair before',
  *check(site: Site): Iterable<Finding> {
    const [first, last] = CILIUM_TESTED_WITH;
    for (const cluster of talosClustersOf(site)) {
      if (cluster.version.minor >= first && cluster.version.minor <= last) continue;
      yield findingAt(
        cluster,
        this,
        `runs Kubernetes ${plain(cluster.version)}, and Cilium ${CILIUM_VERSION} is tested with 1.${first} to 1.${last}`,
        `upgrade to 1.${first} or later, or acknowledge it with what you tried`,
      );
    }
  },
};
