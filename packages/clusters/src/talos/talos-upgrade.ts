import { type Command, Duration, type Step } from '@ashlar/core';
import { healthCheck, kubectl, nodeSays, type TalosTarget, talosctl } from './talos-commands';
import type { TalosImage } from './talos-image';
import type { TalosMember } from './talos-member';
import { plain } from './talos-releases';
import type { TalosVersions, UpgradeHop } from './upgrade-path';
import type { UpgradeEvent } from './upgrade-proof';

/** A machine downloads its image, is drained within the budgets of what runs on it, and boots it. */
const MACHINE = Duration.minutes(20);
/** Every component on every control plane, then every kubelet. */
const KUBERNETES = Duration.minutes(40);

/**
 * Takes a cluster along a path: of each release of Talos the control planes first, then the workers, one machine at a time. Every step
 * begins and ends with all being well, and stops when a machine runs another version than the path says, so that a stale path takes
 * nobody back.
 */
export function upgradeSteps(target: TalosTarget, image: TalosImage, from: TalosVersions, path: readonly UpgradeHop[]): Step[] {
  const health = healthCheck(target);
  const at = { talos: String(from.talos), kubernetes: plain(from.kubernetes) };
  return path.flatMap(({ of, to }) => {
    const before = at[of];
    at[of] = to;
    if (of === 'kubernetes') return [kubernetesStep(target, before, to, health)];
    return target.members.map((member): Step => {
      const { hostName } = member.node;
      const runs = (version: string) => nodeSays(target, member, '.status.nodeInfo.osImage', `Talos (${version})`);
      return {
        id: `talos-${to}-${hostName}`,
        title: `Upgrade ${hostName} from Talos ${before} to ${to}`,
        action: { run: [runs(before), health, talosctl(target, member, 'upgrade', '--image', image.installer(to)), health] },
        check: { command: runs(to) },
        undo: { run: [talosctl(target, member, 'rollback')] },
        budget: MACHINE,
      };
    });
  });
}

function kubernetesStep(target: TalosTarget, before: string, to: string, health: Command): Step {
  const [first] = target.members as [TalosMember];
  const all = (version: string) =>
    kubectl(target, 'wait', 'nodes', '--all', `--for=jsonpath={.status.nodeInfo.kubeletVersion}=v${version}`, '--timeout=10s');
  return {
    id: `kubernetes-${to}`,
    title: `Upgrade ${target.cluster.name} from Kubernetes ${before} to ${to}`,
    action: { run: [all(before), health, talosctl(target, first, 'upgrade-k8s', '--to', to), health] },
    check: { command: all(to) },
    undo: { byHand: 'Restore etcd from the last snapshot: what the new version wrote, the old one may not read.' },
    budget: KUBERNETES,
  };
}

/** What the programs of steps do to a cluster, read from their arguments, for the proof that they may. */
export function eventsOf(members: readonly TalosMember[], steps: readonly Step[]): UpgradeEvent[] {
  const commands = steps.flatMap(({ action }) => ('run' in action ? action.run : []));
  return commands.flatMap((command): UpgradeEvent[] => {
    const after = (argument: string) => command[command.indexOf(argument) + 1] as string;
    if (command[0] !== 'talosctl') return [];
    if (command.includes('health')) return [{ healthy: true }];
    if (command.includes('upgrade-k8s')) return [{ kubernetes: after('--to') }];
    if (!command.includes('upgrade')) return [];
    const ip = after('--nodes');
    const node = members.find(({ address }) => address.ip === ip)?.node.hostName ?? ip;
    return [{ node, talos: after('--image').replace(/.*:/, '') }];
  });
}
