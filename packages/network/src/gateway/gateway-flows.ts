import { hostPrefix, Port, type Routing } from '@ashlar/core';
import { Internet } from '../segments/internet';
import { DynamicUplink } from './dynamic-uplink';
import type { IGateway } from './gateway';

/**
 * Declares what every gateway does for its segments, and what it needs itself: names, time, ping, DHCP where there is a pool, and
 * updates. As flows of the model, they are known to firewalls of guests and to the proof.
 * @param management ports on which it is managed
 */
export function declareGatewayFlows(gateway: IGateway, management: readonly Port[]): void {
  const { connections, dns, segments } = gateway;
  const names = [Port.udp(53), Port.tcp(53)];
  for (const vlan of segments) {
    for (const port of [...names, Port.udp(123), Port.icmp()]) connections.allowFrom(vlan, port);
    if (vlan.pools.some(pool => pool.use === 'dhcp')) connections.allowFrom(vlan, Port.udp(67));
  }
  for (const port of management) connections.allowFrom(gateway.management, port);
  for (const port of [...names, Port.udp(123), Port.tcp(443)]) connections.allowTo(Internet.of(gateway), port);
  for (const server of dns?.servers ?? []) for (const port of names) connections.allowTo(server, port);
}

/** Its own addresses, each as a prefix: the gateway of each segment, and that of the uplink. */
export function gatewayAddresses({ segments, wan }: IGateway): string[] {
  const outer = DynamicUplink.is(wan) ? [] : wan.addresses.map(address => address.ip);
  return [...segments.flatMap(vlan => vlan.gateways), ...outer].map(hostPrefix);
}

/** How it leads out, for pictures. */
export function uplinkOf({ wan }: IGateway): Routing['uplink'] {
  if (!DynamicUplink.is(wan)) return { label: `as ${wan.ip}`, vlan: wan.vlan };
  return { label: wan.pppoe ? 'over PPPoE' : 'at an address of the provider' };
}
