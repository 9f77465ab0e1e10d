import { isConnectable, Port } from '@ashlar/core';
import type { TalosCluster } from './talos-cluster';
import type { TalosMember } from './talos-member';

/** The API of Talos, by which machines are configured. */
export const TALOS_API = Port.tcp(50_000);
export const KUBERNETES_API = Port.tcp(6443);

/** What every node needs of every other: its kubelet, the packets of pods (VXLAN, or WireGuard around them), Cilium's probes, Talos. */
const OF_ALL = [Port.tcp(10_250), Port.udp(8472), Port.udp(51_871), Port.tcp(4240), TALOS_API];
/** What every node needs of a control plane: the API of Kubernetes, and certificates. */
const OF_CONTROL_PLANES = [KUBERNETES_API, Port.tcp(50_001)];
const ETCD = Port.range('tcp', 2379, 2380);

/**
 * Declares what the machines of a cluster need of each other.
 * @see https://docs.siderolabs.com/talos/v1.13/learn-more/talos-network-connectivity
 * @see https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules
 */
export function connectMembers(members: readonly TalosMember[]): void {
  for (const { node, controlPlane } of members) {
    for (const peer of members) {
      if (peer.node === node) continue;
      const ports = [...OF_ALL, ...(controlPlane ? OF_CONTROL_PLANES : []), ...(controlPlane && peer.controlPlane ? [ETCD] : [])];
      for (const port of ports) node.connections.allowFrom(peer.node, port);
    }
  }
}

/** What pods open to the outside leaves from the address of their node: firewalls on the way see the nodes. */
export function carryPodFlows({ units, members }: TalosCluster): void {
  const connectables = units.flatMap(unit => unit.node.findAll()).filter(isConnectable);
  for (const flow of connectables.flatMap(construct => construct.connections.egress)) {
    if (flow.to.connections.endpoint.pods) continue;
    for (const { node } of members) flow.to.connections.allowFrom(node, flow.port);
  }
}
