import type { Connections, IConnectable, Port } from '@ashlar/core';
import type { KubernetesCluster } from '@ashlar/kubernetes';

/** A cluster whose nodes answer for the addresses of its services, and have firewalls of their own. */
export interface IServiceCarrier {
  /** Lets `peer` reach services of type LoadBalancer on `port`. */
  allowServicesFrom(peer: IConnectable, port: Port): void;
}

/** Lets in at the nodes of `cluster` what may reach a service of it from outside. */
export function carryFlows(cluster: KubernetesCluster, connections: Connections): void {
  if (!carriesServices(cluster)) return;
  for (const { from, port } of connections.ingress) {
    if (from.connections.endpoint.pods?.cluster !== cluster) cluster.allowServicesFrom(from, port);
  }
}

function carriesServices(cluster: object): cluster is IServiceCarrier {
  return 'allowServicesFrom' in cluster && typeof cluster.allowServicesFrom === 'function';
}
