import { type IInstance, toYaml } from '@ashlar/core';
import type { K3sAgent } from './k3s-agent';
import { NODE_HARDENING, SERVER_HARDENING } from './k3s-hardening';
import { type K3sSnapshots, snapshotSettings } from './k3s-snapshots';

/** What all nodes of a cluster have in common. */
export interface K3sConfiguration {
  readonly cluster: string;
  readonly apiAddress: string;
  /** Names and addresses in the certificate of the API. */
  readonly apiNames: readonly string[];
  readonly podCidr: string;
  readonly serviceCidr: string;
  readonly network: 'flannel' | 'cilium';
  /** Servers run nothing but the control plane. */
  readonly dedicatedServers: boolean;
  readonly snapshots?: K3sSnapshots;
}

/** Where the join token is, on every node. */
export const TOKEN_FILE = '/etc/rancher/k3s/token';

/** The network is another's: K3s brings neither a plug-in nor services nor policies. @see https://docs.k3s.io/networking/basic-network-options#custom-cni */
const OTHER_NETWORK = { 'flannel-backend': 'none', 'disable-network-policy': true, 'disable-kube-proxy': true };

/**
 * `/etc/rancher/k3s/config.yaml` of a server. The one that begins the cluster says so in a file of its own, because it joins
 * when it is replaced later.
 * @see https://docs.k3s.io/cli/server
 */
export function serverConfiguration(cluster: K3sConfiguration, node: IInstance, begins: boolean): string {
  return toYaml({
    ...(!begins && { server: `https://${cluster.apiAddress}:6443` }),
    'token-file': TOKEN_FILE,
    ...identity(node, {}),
    ...(cluster.dedicatedServers && { 'node-taint': ['node-role.kubernetes.io/control-plane=true:NoSchedule'] }),
    'tls-san': cluster.apiNames,
    'cluster-cidr': cluster.podCidr,
    'service-cidr': cluster.serviceCidr,
    ...(cluster.network === 'cilium' && OTHER_NETWORK),
    disable: ['servicelb'],
    ...snapshotSettings(cluster.cluster, cluster.snapshots),
    'etcd-expose-metrics': true,
    ...SERVER_HARDENING,
  });
}

/** `/etc/rancher/k3s/config.yaml` of an agent. @see https://docs.k3s.io/cli/agent */
export function agentConfiguration(cluster: K3sConfiguration, { machine, labels, taints }: K3sAgent): string {
  return toYaml({
    server: `https://${cluster.apiAddress}:6443`,
    'token-file': TOKEN_FILE,
    ...identity(machine, labels ?? {}),
    ...(taints && { 'node-taint': [...taints] }),
    ...NODE_HARDENING,
  });
}

/** `/etc/rancher/k3s/config.yaml` of an agent that nobody has named: it is called as its machine. */
export function scaledAgentConfiguration(apiAddress: string): string {
  return toYaml({
    server: `https://${apiAddress}:6443`,
    'token-file': TOKEN_FILE,
    ...NODE_HARDENING,
  });
}

function identity(node: IInstance, labels: Readonly<Record<string, string>>): object {
  const zone = zoneOf(node);
  const all = Object.entries({ ...labels, ...(zone && { 'topology.kubernetes.io/zone': zone }) }).map(([key, value]) => `${key}=${value}`);
  return {
    'node-name': node.hostName,
    'node-ip': node.addresses
      .map(address => address.ip)
      .slice(0, 1)
      .join(','),
    ...(all.length > 0 && { 'node-label': all.sort() }),
  };
}

/** The host that the node stands on: the failure domain over which workloads are spread. */
function zoneOf(node: IInstance): string | undefined {
  const [support] = node.placement.standsOn[0] ?? [];
  return support?.node.id;
}
