import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { clustersOf, type KubernetesCluster } from '@ashlar/kubernetes';
import { type Subnet, Vlan } from '@ashlar/network';

/** A pod or service network over a segment of the site, or over each other: such addresses never leave the node. */
export const clusterNetworkOverlap: Rule = {
  code: 'CLUSTER_NETWORK_OVERLAP',
  severity: 'error',
  incident: 'the office printers had addresses of the pod network, and no pod could reach them; all else worked, so it took weeks to find',
  *check(site: Site): Iterable<Finding> {
    const vlans = site.node.findAll().filter(Vlan.isVlan);
    for (const cluster of clustersOf(site).filter(knowsItsNetworks)) {
      if (overlap(cluster.pods, cluster.services)) {
        yield findingAt(
          cluster,
          this,
          `podCidr ${cluster.pods.cidr} and serviceCidr ${cluster.services.cidr} overlap`,
          'choose two prefixes apart',
        );
      }
      for (const [name, prefix] of [
        ['podCidr', cluster.pods],
        ['serviceCidr', cluster.services],
      ] as const) {
        for (const vlan of vlans) {
          const hit = vlan.subnets.find(subnet => overlap(subnet, prefix));
          if (hit)
            yield findingAt(
              cluster,
              this,
              `${name} ${prefix.cidr} overlaps ${hit.cidr} of ${pathOf(vlan)}`,
              'choose a prefix that no segment has',
            );
        }
      }
    }
  },
};

/** A cluster of whose pods and services the model knows the addresses. */
function knowsItsNetworks(cluster: KubernetesCluster): cluster is KubernetesCluster & { readonly pods: Subnet; readonly services: Subnet } {
  const { pods, services } = cluster as { pods?: Partial<Subnet>; services?: Partial<Subnet> };
  return typeof pods?.cidr === 'string' && typeof services?.cidr === 'string';
}

function overlap(a: Subnet, b: Subnet): boolean {
  return a.family === b.family && a.network <= b.end && b.network <= a.end;
}
