import { Duration, type Lifecycle } from '@ashlar/core';
import type { HarvesterCluster } from '../harvester-cluster';

/** A cluster is there when all its nodes are. Before it goes down its guests do, so that Longhorn detaches their volumes. */
export function clusterLifecycle(cluster: HarvesterCluster): Lifecycle {
  const { name, nodes, vip, version, guests, install } = cluster;
  const kubectl = (...args: string[]): readonly [string, ...string[]] => ['kubectl', '--context', name, ...args];
  return {
    startsAfter: nodes.map(on => ({ on, for: 'the nodes that it is made of' })),
    stop:
      guests.length === 0
        ? []
        : [
            {
              id: 'guests',
              title: `Shut the guests of ${name} down`,
              action: { byHand: `Virtual Machines > select all > Stop at https://${vip.ip}` },
              check: {
                command: kubectl(
                  'wait',
                  'virtualmachineinstances.kubevirt.io',
                  '--all',
                  '--all-namespaces',
                  '--for=delete',
                  '--timeout=10s',
                ),
              },
              undo: { byHand: `Virtual Machines > select all > Start at https://${vip.ip}` },
              budget: Duration.minutes(15),
            },
          ],
    upgrade: [
      {
        id: 'release',
        title: `Upgrade ${name} to Harvester ${version}`,
        action: { byHand: `Upgrade to ${version} from ${install.release.iso} at https://${vip.ip}; it empties one node after the other` },
        check: {
          command: kubectl('wait', 'settings.harvesterhci.io/server-version', `--for=jsonpath={.value}=v${version}`, '--timeout=10s'),
        },
        undo: { nothing: 'a release is never taken back; guests come back from their copies' },
        budget: Duration.hours(4),
      },
    ],
  };
}

/** Harvester's own Kubernetes comes with its nodes. */
export function kubernetesLifecycle(cluster: HarvesterCluster): Lifecycle {
  return { startsAfter: [{ on: cluster, for: 'its nodes' }] };
}
