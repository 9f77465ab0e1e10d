import type { Nic } from '@ashlar/hardware';
import type { Vlan } from '@ashlar/network';
import type { HarvesterCluster } from '../harvester-cluster';
import type { HarvesterNode } from '../harvester-node';
import { tagOn } from '../install/management-interface';
import type { HarvesterClusterNetwork } from './harvester-cluster-network';

const GROUP = 'network.harvesterhci.io';

/** A cluster network, and its ports on each node: names of ports differ between machines. */
export function clusterNetworkManifests(network: HarvesterClusterNetwork): object[] {
  const configs = network.nodes.map(node => ({
    apiVersion: `${GROUP}/v1beta1`,
    kind: 'VlanConfig',
    metadata: { name: `${network.name}-${node.name}`, labels: { [`${GROUP}/clusternetwork`]: network.name } },
    spec: {
      clusterNetwork: network.name,
      nodeSelector: { 'kubernetes.io/hostname': node.name },
      uplink: {
        nics: network.uplinksOn(node).map(nic => nic.name),
        bondOptions: { mode: network.bondMode, miimon: 100 },
        ...(network.mtu !== undefined && { linkAttributes: { mtu: network.mtu } }),
      },
    },
  }));
  return [{ apiVersion: `${GROUP}/v1beta1`, kind: 'ClusterNetwork', metadata: { name: network.name } }, ...configs];
}

/**
 * A segment as guests are connected to it: a bridge of its cluster network, and the tag of its frames there. Its route lets
 * Harvester test whether the nodes reach the gateway.
 * @see https://docs.harvesterhci.io/v1.7/networking/harvester-network
 */
export function vmNetworkManifest(cluster: HarvesterCluster, vlan: Vlan, namespace: string): object {
  const network = cluster.networkOf(vlan);
  const clusterNetwork = network?.name ?? 'mgmt';
  const tag = tagOn(anyPort(cluster, network), vlan);
  const mtu = network ? network.mtu : cluster.install.mtu;
  const config = {
    cniVersion: '0.3.1',
    name: vlan.name,
    type: 'bridge',
    bridge: `${clusterNetwork}-br`,
    promiscMode: true,
    vlan: tag,
    ipam: {},
    ...(mtu !== undefined && { mtu }),
  };
  const cidr = vlan.ipv4?.cidr;
  return {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: {
      name: vlan.name,
      namespace,
      labels: {
        [`${GROUP}/clusternetwork`]: clusterNetwork,
        [`${GROUP}/type`]: tag === 0 ? 'UntaggedNetwork' : 'L2VlanNetwork',
        ...(tag !== 0 && { [`${GROUP}/vlan-id`]: String(tag) }),
      },
      ...(cidr !== undefined &&
        tag !== 0 && { annotations: { [`${GROUP}/route`]: JSON.stringify({ mode: 'manual', cidr, gateway: vlan.gateway }) } }),
    },
    spec: { config: JSON.stringify(config) },
  };
}

/** Ports that carry the frames of a segment on a node. */
export function portsFor(cluster: HarvesterCluster, node: HarvesterNode, vlan: Vlan): readonly Nic[] {
  return cluster.networkOf(vlan)?.uplinksOn(node) ?? node.nics;
}

function anyPort(cluster: HarvesterCluster, network: HarvesterClusterNetwork | undefined): Nic {
  const node = (network?.nodes ?? cluster.workers)[0] as HarvesterNode;
  return (network?.uplinksOn(node) ?? node.nics)[0] as Nic;
}
