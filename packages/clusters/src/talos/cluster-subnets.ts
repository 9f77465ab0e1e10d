import { ConfigError } from '@ashlar/core';
import { Subnet } from '@ashlar/network';
import type { IConstruct } from 'constructs';

/** Cilium gives each node so long a prefix of its own. */
const OF_A_NODE = 24;

/** @throws TALOS_POD_CIDR when it has no prefix for every node, SUBNET_* */
export function podSubnet(cluster: IConstruct, cidr: string, nodes: number): Subnet {
  const pods = Subnet.of(cluster, 'podCidr', cidr, 4);
  const has = 2 ** Math.max(0, OF_A_NODE - pods.prefixLength);
  if (pods.prefixLength > OF_A_NODE || has < nodes) {
    const longest = OF_A_NODE - Math.ceil(Math.log2(Math.max(1, nodes)));
    const room = pods.prefixLength > OF_A_NODE ? 'none' : `${has}`;
    throw new ConfigError(cluster, 'TALOS_POD_CIDR', `podCidr ${cidr} has ${room} of the /${OF_A_NODE} that each of ${nodes} nodes gets`, {
      fix: `choose a /${longest} or a shorter one, with room for nodes to come`,
    });
  }
  return pods;
}

/** @throws TALOS_SERVICE_CIDR when Kubernetes would not take it, SUBNET_* */
export function serviceSubnet(cluster: IConstruct, cidr: string): Subnet {
  const services = Subnet.of(cluster, 'serviceCidr', cidr, 4);
  if (services.prefixLength >= 12 && services.prefixLength <= 24) return services;
  throw new ConfigError(cluster, 'TALOS_SERVICE_CIDR', `serviceCidr ${cidr} is a /${services.prefixLength}`, {
    fix: 'choose a /12 to a /24: Kubernetes takes no larger one, and a smaller one is soon full',
    see: 'https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/',
  });
}
