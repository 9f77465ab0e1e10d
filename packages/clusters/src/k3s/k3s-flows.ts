import { type IConnectable, type IInstance, isConnectable, Port } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';

/** Packets of pods between nodes, by who makes the network: VXLAN for both; Cilium encrypts it, and looks whether the others are there. */
const NETWORK = {
  flannel: [Port.udp(8472)],
  cilium: [Port.udp(8472), Port.udp(51_871), Port.tcp(4240), Port.icmp()],
} as const;

/**
 * Lets nodes talk as K3s needs.
 * @see https://docs.k3s.io/installation/requirements#networking
 * @see https://docs.cilium.io/en/stable/operations/system_requirements/#firewall-rules
 */
export function connectNodes(servers: readonly IInstance[], agents: readonly IInstance[], network: 'flannel' | 'cilium'): void {
  const all = [...servers, ...agents];
  const serving = new Set(servers);
  for (const node of all) {
    for (const peer of all) {
      if (peer === node) continue;
      for (const port of [...NETWORK[network], Port.tcp(10_250)]) node.connections.allowFrom(peer, port);
      if (!serving.has(node)) continue;
      node.connections.allowFrom(peer, Port.tcp(6443));
      if (serving.has(peer)) node.connections.allowFrom(peer, Port.range('tcp', 2379, 2380));
    }
  }
}

/** Lets agents that are not in the model talk to the nodes that are: all that has an address in `segment`. */
export function admitAgents(
  segment: IConnectable,
  servers: readonly IInstance[],
  agents: readonly IInstance[],
  network: 'flannel' | 'cilium',
): void {
  for (const node of [...servers, ...agents]) {
    for (const port of [...NETWORK[network], Port.tcp(10_250)]) node.connections.allowFrom(segment, port);
  }
  for (const server of servers) server.connections.allowFrom(segment, Port.tcp(6443));
}

/** What pods open to the outside leaves from the address of their node: firewalls on the way see the nodes. */
export function carryPodFlows(cluster: KubernetesCluster, nodes: readonly IInstance[]): void {
  const connectables = cluster.units.flatMap(unit => unit.node.findAll()).filter(isConnectable);
  for (const flow of connectables.flatMap(construct => construct.connections.egress)) {
    if (flow.to.connections.endpoint.pods) continue;
    for (const node of nodes) flow.to.connections.allowFrom(node, flow.port);
  }
}
