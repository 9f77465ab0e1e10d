import { type Finding, findingAt, type IProvider, pathOf, type Rule, type Site, Size } from '@ashlar/core';
import type { MachineSize } from '../cluster-class';
import type { DownstreamCluster } from '../downstream-cluster';
import { downstreamClustersOf } from '../downstream-clusters-of';

/** Machines that no host can carry, or more of them than all hosts can. What else is on the hosts is not counted here. */
export const downstreamCapacity: Rule = {
  code: 'DOWNSTREAM_CAPACITY',
  severity: 'error',
  incident: 'the third cluster of the week stayed at two workers of four; nobody saw that the hypervisors had been full since the second',
  *check(site: Site): Iterable<Finding> {
    const clusters = downstreamClustersOf(site);
    for (const cluster of clusters) {
      const { class: sizes, workers } = cluster._plan;
      for (const [role, size] of [
        ['control planes', sizes.controlPlane],
        ['workers', workers.max > 0 ? sizes.worker : undefined],
      ] as const) {
        const problem = size && larger(cluster, role, size);
        if (problem) yield findingAt(cluster, this, problem, `take a smaller class than ${sizes.name}`);
      }
    }
    for (const factory of new Set(clusters.map(each => each.factory))) {
      const own = clusters.filter(each => each.factory === factory);
      const needed = Size.sum(own.map(each => each.consumption.memory as Size));
      const offered = Size.sum(factory.infrastructure.hosts.map(memoryOf));
      if (needed.toBytes() <= offered.toBytes()) continue;
      const told = own.map(each => `${pathOf(each)} ${each.consumption.memory}`).join(', ');
      const problem = `its clusters need ${needed} of memory when all are as large as they may be, and its hosts have ${offered}: ${told}`;
      yield findingAt(factory, this, problem, 'have fewer or smaller machines, or add a host');
    }
  },
};

function larger(cluster: DownstreamCluster, role: string, size: MachineSize): string | undefined {
  const { hosts } = cluster.factory.infrastructure;
  const threads = (host: IProvider) => host.capacity.threads ?? host.capacity.cores ?? 0;
  const fits = (host: IProvider) => size.memory.toBytes() <= memoryOf(host).toBytes() && size.cores <= threads(host);
  if (hosts.some(fits)) return undefined;
  const best = [...hosts].sort((a, b) => memoryOf(b).toBytes() - memoryOf(a).toBytes())[0] as IProvider;
  return `${role} of ${size.cores} cores and ${size.memory} are larger than any host; the largest, ${pathOf(best)}, has ${threads(best)} threads and ${memoryOf(best)}`;
}

function memoryOf(host: IProvider): Size {
  return host.capacity.memory ?? Size.bytes(0);
}
