import type { ChartRelease } from '@ashlar/kubernetes';
import type { DownstreamCluster } from './downstream-cluster';

/** Cilium as it is installed in a cluster, for who adds values to it. */
export function ciliumRelease(cluster: DownstreamCluster): Pick<ChartRelease, 'chart' | 'repository' | 'version' | 'namespace'> {
  const { chart, repository, version, namespace } = cluster.releases.find(release => release.name === 'cilium') as ChartRelease;
  return { chart, repository, version, namespace };
}
