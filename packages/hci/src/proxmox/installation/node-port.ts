import type { Machine, Nic } from '@ashlar/hardware';
import type { Host } from '@ashlar/network';
import type { ProxmoxNode } from '../proxmox-node';

/** A network port of a node, and whether a segment comes in there with its tag. */
export interface NodePort {
  readonly nic: Nic;
  readonly tagged: boolean;
}

/** The port that the bridge of a node is on: the one where the segment of its own address comes in without a tag. INSTALL_PORT says when there is none. */
export function bridgePort({ machine, host }: ProxmoxNode): Nic | undefined {
  return machine?.nics.find(nic => nic.link?.port.native === host?.vlan);
}

/** Where another segment comes in: on the port of the bridge when it is there, or on a port of its own. */
export function portOf(node: ProxmoxNode, host: Host): NodePort | undefined {
  const bridge = bridgePort(node);
  const nics = [...(bridge ? [bridge] : []), ...(node.machine as Machine).nics.filter(nic => nic !== bridge)];
  const nic = nics.find(n => n.link?.port.carries(host.vlan));
  return nic && { nic, tagged: nic.link?.port.native !== host.vlan };
}
