import { Check, Claims, ConfigError, pathOf } from '@ashlar/core';
import { isGateway } from '../gateway/gateway';
import { isPrivate } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import type { WireGuardPeer } from './wireguard-peer';

/**
 * Checks a segment that the Internet reaches through a peer, and that answers through it.
 * @throws WIREGUARD_ROUTED
 */
export function checkedRouted(peer: WireGuardPeer, vlan: Vlan): Vlan {
  new Check(peer).instance('routed', vlan, { name: 'Vlan', is: Vlan.isVlan }, '[dmz]');
  const fail = (problem: string, fix: string) => new ConfigError(peer, 'WIREGUARD_ROUTED', problem, { fix });
  const device = peer.tunnel.runsOn;
  if (isGateway(device) && !device.segments.includes(vlan)) {
    throw fail(`${pathOf(device)} does not route ${pathOf(vlan)}`, 'name one of its segments');
  }
  for (const { cidr, family } of vlan.subnets) {
    if (isPrivate(cidr)) {
      throw fail(
        `${cidr} of ${pathOf(vlan)} is private, and nobody on the Internet has a route to it`,
        'name a segment with the prefix that the peer routes to us; a private one behind the peer goes into its allowedIps',
      );
    }
    const everything = family === 4 ? '0.0.0.0/0' : '::/0';
    if (!peer.allowedIps.includes(everything)) {
      throw fail(
        `${cidr} of ${pathOf(vlan)} is to be reached from anywhere through it, and only ${peer.allowedIps.join(', ')} may be its source`,
        `write allowedIps: ['${everything}']`,
      );
    }
  }
  Claims.of(peer).claim('routed over', vlan.node.path, peer, holder => {
    return fail(
      `${pathOf(vlan)} is already reached through ${pathOf(holder)}, and answers leave by one way`,
      'route it through one of them',
    );
  });
  return vlan;
}
