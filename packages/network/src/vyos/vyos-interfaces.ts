import { Site } from '@ashlar/core';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { GatewayPlan } from '../gateway/gateway-plan';
import { PortForward } from '../gateway/port-forward';
import type { Vlan } from '../segments/vlan';
import type { VyOs } from './vyos';
import { tagged, type VyosNode } from './vyos-config';
import { wireguardInterfaces } from './vyos-wireguard';

/** Ethernet ports with their VLANs, PPPoE and WireGuard. @see https://docs.vyos.io/en/latest/configuration/interfaces/ethernet.html */
export function interfacesOf(gateway: VyOs, plan: GatewayPlan): VyosNode {
  const { ports } = gateway;
  const ethernet = new Map<string, VyosNode>([[ports.wan, uplinkPort(gateway)]]);
  if (ports.trunk !== undefined) {
    const vifs = gateway.segments.map((vlan): [number, VyosNode] => [vlan.tag, segmentPort(vlan)]);
    ethernet.set(ports.trunk, { description: 'segments, tagged', vif: tagged(vifs) });
  } else for (const vlan of gateway.segments) ethernet.set(ports.deviceOf(vlan), segmentPort(vlan));
  return {
    ethernet: tagged(ethernet),
    loopback: tagged([['lo', true]]),
    pppoe: pppoe(gateway),
    wireguard: wireguardInterfaces(plan.tunnels),
  };
}

function segmentPort(vlan: Vlan): VyosNode {
  const addresses = vlan.subnets.map(subnet => `${subnet.address(vlan.gatewayNumber)}/${subnet.prefixLength}`);
  return { address: addresses, description: vlan.name };
}

function uplinkPort(gateway: VyOs): VyosNode {
  const { wan } = gateway;
  if (DynamicUplink.is(wan)) return wan.pppoe ? { description: 'access concentrator' } : { address: ['dhcp'], description: 'wan' };
  const more = Site.of(gateway)
    .findAll()
    .filter(PortForward.isPortForward)
    .filter(forward => forward.gateway === gateway)
    .flatMap(forward => forward.address?.addresses ?? []);
  const addresses = [...wan.addresses, ...more].map(({ ip, prefixLength }) => `${ip}/${prefixLength}`);
  return { address: [...new Set(addresses)], description: wan.vlan.name };
}

/** The password is set when the configuration is put in place. A packet of 1492 bytes is what fits; TCP is told. */
function pppoe({ wan, ports }: VyOs) {
  if (!DynamicUplink.is(wan) || !wan.pppoe) return undefined;
  const content: VyosNode = {
    authentication: { username: wan.pppoe.user },
    'source-interface': ports.wan,
    mtu: 1492,
    ip: { 'adjust-mss': 'clamp-mss-to-pmtu' },
    ipv6: { 'adjust-mss': 'clamp-mss-to-pmtu' },
    'no-peer-dns': true,
  };
  return tagged([['pppoe0', content]]);
}
