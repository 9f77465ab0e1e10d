import { type Finding, findingAt, isDisruptible, pathOf, type Rule, type Site } from '@ashlar/core';
import { clustersOf, type KubernetesCluster } from '@ashlar/kubernetes';
import { blockingBudgets } from './blocking-budget';

/** A cluster that knows how many of its nodes take workloads. */
interface CountedNodes {
  readonly workloadNodes: number;
}

/** Something whose pods may never leave their node: an upgrade of that node waits for good. */
export const drainNeverEnds: Rule = {
  code: 'DRAIN_NEVER_ENDS',
  severity: 'error',
  incident:
    'a budget asked for both of two replicas, so no pod of it could be evicted; the upgrade of the first node waited all night, and somebody deleted the pods by hand',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      for (const { object, because } of cluster.units.flatMap(unit => blockingBudgets(unit.node.findAll()))) {
        const problem = `${because}, so no pod of it can leave a node of ${pathOf(cluster)} that is emptied`;
        yield findingAt(object, this, problem, 'write maxUnavailable: 1');
      }
      for (const construct of cluster.units.flatMap(unit => unit.node.findAll()).filter(isDisruptible)) {
        const { replicas, minAvailable } = construct.disruption;
        if (replicas > 0 && minAvailable >= replicas) {
          const problem = `${minAvailable} of ${replicas} must always be there, so none can leave a node of ${pathOf(cluster)} that is emptied`;
          yield findingAt(construct, this, problem, `let one be away: run ${minAvailable + 1}, or ask for ${Math.max(replicas - 1, 0)}`);
        } else if (minAvailable > 0 && nodesOf(cluster) === 1) {
          const problem = `${pathOf(cluster)} has one node for workloads, and when it is emptied, ${minAvailable} of ${replicas} wait for room elsewhere`;
          yield findingAt(construct, { ...this, severity: 'warning' }, problem, 'add a node, or acknowledge that its upgrade stops them');
        }
      }
    }
  },
};

function nodesOf(cluster: KubernetesCluster): number | undefined {
  return (cluster as Partial<CountedNodes>).workloadNodes;
}
