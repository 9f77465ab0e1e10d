import { type Finding, findingAt, isConsumer, pathOf, type Resources, type Rule, type Site, Size } from '@ashlar/core';
import { clustersOf, type KubernetesCluster } from '@ashlar/kubernetes';
import type { IConstruct } from 'constructs';

/** A cluster that knows what its nodes have for workloads; undefined while it can get more. */
interface BoundedNodes {
  readonly workloadCapacity: Resources | undefined;
}

/** Workloads that, all at their most, ask for more than all nodes have: the last ones wait when they are needed. */
export const autoscaleOverNodes: Rule = {
  code: 'AUTOSCALE_OVER_NODES',
  severity: 'warning',
  incident: 'on the day of the sale the shop asked for forty pods, and the nodes had room for nineteen; nobody had added them up',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      const room = (cluster as KubernetesCluster & Partial<BoundedNodes>).workloadCapacity;
      if (!room?.memory || !room.threads) continue;
      const wanted = cluster.units.flatMap(unit => unit.node.findAll()).filter(isConsumer);
      const memory = Size.bytes(sum(wanted, ({ memory }) => memory?.toBytes()));
      const threads = sum(wanted, resources => resources.threads);
      if (memory.toBytes() > room.memory.toBytes()) {
        const problem = `workloads ask for ${gibibytes(memory)} GiB of memory at their most, and the nodes of ${pathOf(cluster)} have ${gibibytes(room.memory)}`;
        yield findingAt(cluster, this, problem, 'lower a maximum, or add nodes');
      }
      if (threads > room.threads) {
        const problem = `workloads ask for ${round(threads)} processors at their most, and the nodes of ${pathOf(cluster)} have ${room.threads}`;
        yield findingAt(cluster, this, problem, 'lower a maximum, or add nodes');
      }
    }
  },
};

function sum(of: readonly IConstruct[], amount: (resources: Resources) => number | undefined): number {
  return of.filter(isConsumer).reduce((all, { consumption }) => all + (amount(consumption) ?? 0), 0);
}

function gibibytes(size: Size): number {
  return round(size.toBytes() / 1024 ** 3);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
