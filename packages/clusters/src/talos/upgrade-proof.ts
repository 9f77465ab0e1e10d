import { Version } from '@ashlar/core';
import { spareMembers } from '../etcd/control-plane';
import { minorOf, runs, TALOS_RELEASES } from './talos-releases';
import type { TalosVersions } from './upgrade-path';

/** What happens to a cluster, one event after the other. */
export type UpgradeEvent =
  /** A machine is upgraded; from its reboot on it may be away. */
  | { readonly node: string; readonly talos: string }
  /** All machines are waited for. */
  | { readonly healthy: true }
  | { readonly kubernetes: string };

/**
 * Plays an upgrade, and says what is wrong with it: a majority of etcd is lost, a minor is skipped, two machines are away at once though
 * nobody waited, or a Talos meets a Kubernetes that it does not run. It knows nothing of how the upgrade was planned.
 */
export function upgradeFaults(
  controlPlanes: readonly string[],
  workers: readonly string[],
  from: TalosVersions,
  events: readonly UpgradeEvent[],
): string[] {
  const faults: string[] = [];
  const talos = new Map([...controlPlanes, ...workers].map(node => [node, from.talos]));
  let { kubernetes } = from;
  let away = new Set<string>();
  for (const event of events) {
    if ('healthy' in event) away = new Set();
    else if ('kubernetes' in event) {
      const next = Version.of(event.kubernetes);
      if (away.size > 0) faults.push(`Kubernetes ${next} while ${[...away].join(', ')} may be away`);
      if (next.minor > kubernetes.minor + 1) faults.push(`Kubernetes skips from ${kubernetes} to ${next}`);
      kubernetes = next;
    } else {
      const before = talos.get(event.node);
      const next = Version.of(event.talos);
      if (before === undefined) {
        faults.push(`${event.node} is no machine of the cluster`);
        continue;
      }
      if (next.minor > before.minor + 1) faults.push(`${event.node} skips from Talos ${before} to ${next}`);
      talos.set(event.node, next);
      away.add(event.node);
      const lost = controlPlanes.filter(node => away.has(node));
      // A single member is never spare: a cluster of one is away while its machine is.
      if (lost.length > Math.max(1, spareMembers(controlPlanes.length)))
        faults.push(`etcd has no majority while ${lost.join(', ')} may be away`);
    }
    for (const [node, version] of talos) {
      const release = TALOS_RELEASES.find(({ minor }) => minor === minorOf(version));
      if (!release || !runs(release, kubernetes.minor)) faults.push(`Talos ${version} of ${node} does not run Kubernetes ${kubernetes}`);
    }
  }
  return faults;
}
