import { spawnSync } from 'node:child_process';
import { ConfigError } from '@ashlar/core';

/** Where access to a cluster is kept. */
export interface KubeconfigSource {
  /** For people. */
  readonly name: string;
  /** Prints the kubeconfig, as it is or as base64. */
  readonly command: readonly [string, ...string[]];
  readonly base64: boolean;
  /** What to look at when it is not to be had. */
  readonly fix: string;
}

/** @see https://docs.k3s.io/cluster-access */
const FILE = '/etc/rancher/k3s/k3s.yaml';

/** A server of K3s, over SSH. */
export function k3sServer(from: string): KubeconfigSource {
  const options = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'];
  return {
    name: `${FILE} of ${from}`,
    command: ['ssh', ...options, from, 'sudo', 'cat', FILE],
    base64: false,
    fix: `look whether K3s runs there: ssh ${from} sudo systemctl status k3s`,
  };
}

/**
 * A Secret of another cluster, where Cluster API puts access to what it makes.
 * @see https://cluster-api.sigs.k8s.io/developer/core/kubeconfig
 */
export function secretOf(context: string, secret: string): KubeconfigSource {
  const [namespace, name] = secret.split('/') as [string, string];
  const get = ['--namespace', namespace, 'get', 'secret', name, '--output', 'jsonpath={.data.value}', '--request-timeout=10s'];
  return {
    name: `Secret ${secret} of ${context}`,
    command: ['kubectl', '--context', context, ...get],
    base64: true,
    fix: `look whether the cluster has been made: kubectl --context ${context} --namespace ${namespace} get clusters`,
  };
}

/** @throws KUBECONFIG_FETCH */
export function fetch(cluster: string, { name, command, base64, fix }: KubeconfigSource): string {
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 60_000 });
  if (status === 0) return base64 ? Buffer.from(stdout, 'base64').toString() : stdout;
  throw new ConfigError(cluster, 'KUBECONFIG_FETCH', `${name} is not to be had: ${error?.message ?? stderr.trim()}`, { fix });
}
