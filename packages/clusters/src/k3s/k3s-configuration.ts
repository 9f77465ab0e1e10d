import { type IInstance, toYaml } from '@ashlar/core';

/** What all nodes of a cluster have in common. */
export interface K3sConfiguration {
  readonly version: string;
  readonly apiAddress: string;
  /** Names and addresses in the certificate of the API. */
  readonly apiNames: readonly string[];
  readonly podCidr: string;
  readonly serviceCidr: string;
}

/** Where the join token is, on every node. */
export const TOKEN_FILE = '/etc/rancher/k3s/token';

/** Taints, audit and defaults of the CIS benchmark that K3s does not set itself. @see https://docs.k3s.io/security/hardening-guide */
const HARDENING = {
  'protect-kernel-defaults': true,
  'secrets-encryption': true,
  'write-kubeconfig-mode': '0600',
  'kube-apiserver-arg': [
    'anonymous-auth=false',
    'enable-admission-plugins=NodeRestriction',
    'request-timeout=300s',
    'service-account-lookup=true',
  ],
  'kube-controller-manager-arg': ['terminated-pod-gc-threshold=10', 'bind-address=127.0.0.1'],
  'kube-scheduler-arg': ['bind-address=127.0.0.1'],
  'kubelet-arg': ['streaming-connection-idle-timeout=5m', 'tls-min-version=VersionTLS12'],
};

/** `/etc/rancher/k3s/config.yaml` of a server. @see https://docs.k3s.io/cli/server */
export function serverConfiguration(cluster: K3sConfiguration, node: IInstance, begins: boolean): string {
  return toYaml({
    ...(begins ? { 'cluster-init': true } : { server: `https://${cluster.apiAddress}:6443` }),
    'token-file': TOKEN_FILE,
    ...identity(node),
    'tls-san': cluster.apiNames,
    'cluster-cidr': cluster.podCidr,
    'service-cidr': cluster.serviceCidr,
    disable: ['servicelb'],
    'etcd-snapshot-schedule-cron': '0 */6 * * *',
    'etcd-snapshot-retention': 28,
    'etcd-expose-metrics': true,
    ...HARDENING,
  });
}

/** `/etc/rancher/k3s/config.yaml` of an agent. @see https://docs.k3s.io/cli/agent */
export function agentConfiguration(cluster: K3sConfiguration, node: IInstance): string {
  return toYaml({
    server: `https://${cluster.apiAddress}:6443`,
    'token-file': TOKEN_FILE,
    ...identity(node),
    'protect-kernel-defaults': HARDENING['protect-kernel-defaults'],
    'kubelet-arg': HARDENING['kubelet-arg'],
  });
}

/** Kernel settings without which the kubelet refuses to start under `protect-kernel-defaults`. */
export const KUBELET_SYSCTL =
  ['vm.panic_on_oom=0', 'vm.overcommit_memory=1', 'kernel.panic=10', 'kernel.panic_on_oops=1'].join('\n') + '\n';

function identity(node: IInstance): object {
  const zone = zoneOf(node);
  return {
    'node-name': node.hostName,
    'node-ip': node.addresses
      .map(address => address.ip)
      .slice(0, 1)
      .join(','),
    ...(zone && { 'node-label': [`topology.kubernetes.io/zone=${zone}`] }),
  };
}

/** The host that the node stands on: the failure domain over which workloads are spread. */
function zoneOf(node: IInstance): string | undefined {
  const [support] = node.placement.standsOn[0] ?? [];
  return support?.node.id;
}
