import type { Command } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';
import type { TalosEndpoint } from './talos-endpoint';
import type { TalosMember } from './talos-member';

/** What commands are run against: one cluster, by its own credentials. */
export interface TalosTarget {
  readonly cluster: KubernetesCluster;
  readonly endpoint: TalosEndpoint;
  readonly members: readonly TalosMember[];
}

/** Where secrets and credentials of a cluster are while it is worked on: beside the output, in a folder that is there, never in Git. */
export function privateFile(cluster: string, file: string): string {
  return `../.ashlar/talos-${cluster}-${file}`;
}

/** `talosctl` on one machine, with the credentials of its cluster. */
export function talosctl({ cluster }: TalosTarget, member: TalosMember, ...args: string[]): Command {
  const { ip } = member.address;
  return ['talosctl', '--talosconfig', privateFile(cluster.name, 'talosconfig'), '--endpoints', ip, '--nodes', ip, ...args];
}

export function kubectl({ cluster }: TalosTarget, ...args: string[]): Command {
  return ['kubectl', '--context', cluster.name, ...args];
}

/** Ends with 0 when etcd, the control planes and every node are well, within two minutes. */
export function healthCheck(target: TalosTarget): Command {
  const ips = (controlPlane: boolean) =>
    target.members.filter(member => member.controlPlane === controlPlane).map(({ address }) => address.ip);
  const workers = ips(false);
  const first = target.members[0] as TalosMember;
  return talosctl(
    target,
    first,
    'health',
    '--control-plane-nodes',
    ips(true).join(','),
    ...(workers.length > 0 ? ['--worker-nodes', workers.join(',')] : []),
    '--wait-timeout',
    '2m',
  );
}

/** Ends with 0 when a node says so of itself. @param path a JSONPath below the node */
export function nodeSays(target: TalosTarget, { node }: TalosMember, path: string, value: string): Command {
  return kubectl(target, 'wait', `node/${node.hostName}`, `--for=jsonpath={${path}}=${value}`, '--timeout=10s');
}
