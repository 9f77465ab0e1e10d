import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** A chart that something needs, in a cluster where nothing installs charts. */
export const chartWithoutInstaller: Rule = {
  code: 'CHART_WITHOUT_INSTALLER',
  severity: 'error',
  incident: 'a database was committed and synced, and stayed pending for days, because its operator had never been installed',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      if (cluster.installer) continue;
      for (const release of cluster.releases.filter(r => !r.withCluster)) {
        yield findingAt(release, this, `the chart ${release.chart} ${release.version} is needed, and nothing installs charts in ${cluster.name}`, `add new ArgoCd(${cluster.name}, …)`);
      }
    }
  },
};
