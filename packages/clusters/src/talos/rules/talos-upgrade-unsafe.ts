import { type Finding, findingAt, type Rule, type Site } from '@ashlar/core';
import { talosClustersOf } from '../talos-clusters-of';
import { eventsOf } from '../talos-upgrade';
import { upgradeFaults } from '../upgrade-proof';

/** An upgrade by which etcd would lose its majority, or a machine skip a minor: told by playing it, whoever planned it. */
export const talosUpgradeUnsafe: Rule = {
  code: 'TALOS_UPGRADE_UNSAFE',
  severity: 'error',
  incident: 'a script upgraded all three control planes one after the other without waiting; etcd was gone before the first was back',
  *check(site: Site): Iterable<Finding> {
    for (const cluster of talosClustersOf(site)) {
      const names = (controlPlane: boolean) =>
        cluster.members.filter(m => m.controlPlane === controlPlane).map(({ node }) => node.hostName);
      const events = eventsOf(cluster.members, cluster.lifecycle.upgrade ?? []);
      for (const fault of upgradeFaults(names(true), names(false), cluster.running, events)) {
        yield findingAt(
          cluster,
          this,
          `the plan of its upgrade is unsafe: ${fault}`,
          'report it: the program may be right, and the plan is not',
        );
      }
    }
  },
};
