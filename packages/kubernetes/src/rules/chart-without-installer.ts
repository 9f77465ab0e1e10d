import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** Charts that something needs, in a cluster where nothing installs charts. */
export const chartWithoutInstaller: Rule = {
  code: 'CHART_WITHOUT_INSTALLER',
  severity: 'error',
  incident: 'a database was committed and synced, and stayed pending for days, because its operator had never been installed',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of clustersOf(site)) {
      if (cluster.installer) continue;
      const charts = cluster.releases.filter(release => !release.withCluster).map(release => `${release.chart} ${release.version}`);
      if (charts.length === 0) continue;
      yield findingAt(
        cluster,
        this,
        `needs the charts ${charts.join(', ')}, and nothing installs charts in it`,
        `add new ArgoCd(${cluster.name}, …)`,
      );
    }
  },
};
