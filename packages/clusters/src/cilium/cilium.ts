import { Check } from '@ashlar/core';
import { ChartRelease, type KubernetesCluster } from '@ashlar/kubernetes';
import { Subnet } from '@ashlar/network';

export interface CiliumProps {
  /** Where nodes reach the Kubernetes API without kube-proxy: a host name or an address that needs no service of the cluster. */
  readonly apiServer: string;
  /** 1–65535 */
  readonly apiPort: number;
  /** Addresses of pods, from which Cilium itself gives each node a part. @default - each node has its part from Kubernetes */
  readonly podCidr?: string;
  /** Services are Cilium's as well: the cluster runs no kube-proxy. */
  readonly kubeProxyReplacement: true;
  /** 1 on a single node, otherwise 2: two never share a node. */
  readonly operatorReplicas: number;
  /** Nodes are Talos machines, where no workload loads kernel modules and cgroups are mounted already. @default false */
  readonly talos?: boolean;
  /** Answers for addresses of services in the segment of the nodes. @see announceServices @default false */
  readonly announces?: boolean;
}

/** Release of Cilium and of its chart, as of November 2026; tested by its makers with Kubernetes 1.33 to 1.36. @see https://docs.cilium.io/en/stable/network/kubernetes/compatibility/ */
export const CILIUM_VERSION = '1.20.2';

/**
 * Installs Cilium as the network of a cluster, with the cluster itself: without it no node becomes ready.
 *
 * Traffic between nodes is encrypted by WireGuard. Hubble is off: its relay and its interface are for who asks for them.
 * @throws PROP_*
 * @see https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/
 */
export function installCilium(cluster: KubernetesCluster, props: CiliumProps): ChartRelease {
  const check = new Check(cluster);
  check.known(props, ['apiServer', 'apiPort', 'podCidr', 'kubeProxyReplacement', 'operatorReplicas', 'talos', 'announces']);
  const host = check.text('apiServer', props.apiServer, /^[\w.:-]+$/, 'a host name or an address', '10.20.0.5');
  const port = check.integer('apiPort', props.apiPort, 1, 65_535);
  const replicas = check.integer('operatorReplicas', props.operatorReplicas, 1, 2);
  const pods = props.podCidr === undefined ? undefined : Subnet.of(cluster, 'podCidr', props.podCidr, 4).cidr;
  const release = new ChartRelease(cluster, 'cilium', {
    chart: 'cilium',
    repository: 'https://helm.cilium.io/',
    version: CILIUM_VERSION,
    namespace: 'kube-system',
    withCluster: true,
    defines: ['cilium.io'],
    values: {
      kubeProxyReplacement: true,
      k8sServiceHost: host,
      k8sServicePort: port,
      ipam: pods
        ? { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: [pods], clusterPoolIPv4MaskSize: 24 } }
        : { mode: 'kubernetes' },
      operator: { replicas, resources: resources('25m', '128Mi', '256Mi') },
      resources: resources('100m', '512Mi', '1Gi'),
      // The pod of an update starts only where the old one has left its node's addresses in order, so one node at a time.
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      rollOutCiliumPods: true,
      encryption: { enabled: true, type: 'wireguard' },
      policyEnforcementMode: 'default',
      // Otherwise the addresses of a NetworkPolicy never mean the nodes, and nothing in a pod would reach the Kubernetes API.
      policyCIDRMatchMode: ['nodes'],
      hubble: { enabled: false },
      prometheus: { enabled: true },
      ...(props.announces && { l2announcements: { enabled: true }, k8sClientRateLimit: { qps: 50, burst: 100 } }),
      ...(props.talos && TALOS),
    },
  });
  cluster.networkWith(release);
  return release;
}

/** Every capability of Cilium but SYS_MODULE, which Talos gives to nobody. @see https://docs.siderolabs.com/kubernetes-guides/cni/deploying-cilium */
const TALOS = {
  securityContext: {
    capabilities: {
      ciliumAgent: [
        'CHOWN',
        'KILL',
        'NET_ADMIN',
        'NET_RAW',
        'IPC_LOCK',
        'SYS_ADMIN',
        'SYS_RESOURCE',
        'DAC_OVERRIDE',
        'FOWNER',
        'SETGID',
        'SETUID',
      ],
      cleanCiliumState: ['NET_ADMIN', 'SYS_ADMIN', 'SYS_RESOURCE'],
    },
  },
  cgroup: { autoMount: { enabled: false }, hostRoot: '/sys/fs/cgroup' },
};

function resources(cpu: string, memory: string, limit: string): object {
  return { requests: { cpu, memory }, limits: { memory: limit } };
}
