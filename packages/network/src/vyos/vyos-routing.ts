import { Site } from '@ashlar/core';
import { BgpPeering } from '../gateway/bgp-peering';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import type { GatewayPlan } from '../gateway/gateway-plan';
import type { Vlan } from '../segments/vlan';
import type { VyOs } from './vyos';
import { type Tagged, tagged, type VyosNode } from './vyos-config';

/** Static routes, BGP and BFD. @see https://docs.vyos.io/en/latest/configuration/protocols/bgp.html */
export function protocolsOf(gateway: VyOs, plan: GatewayPlan): VyosNode {
  return { static: staticRoutes(gateway, plan), bgp: bgp(gateway), bfd: bfd(gateway) };
}

/** What neighbors may announce, what is told to them (nothing), and which segments leave by a tunnel. */
export function policyOf(gateway: VyOs, plan: GatewayPlan): VyosNode | undefined {
  const peerings = peeringsOf(gateway);
  const lists = (family: 4 | 6) =>
    tagged(
      peerings.map((peering): [string, VyosNode | undefined] => {
        const own = peering.prefixes.filter(prefix => prefix.includes(':') === (family === 6));
        const rule = (prefix: string): VyosNode => ({ action: 'permit', prefix, le: family === 4 ? 32 : 128 });
        return [
          `from-${peering.node.id}`,
          own.length > 0 ? { rule: tagged(own.map((prefix, i) => [10 * (i + 1), rule(prefix)])) } : undefined,
        ];
      }),
    );
  const nothing = peerings.length > 0 ? tagged([['nothing', { rule: tagged([[10, { action: 'deny' }]]) }]]) : undefined;
  const policy: VyosNode = {
    'prefix-list': lists(4),
    'prefix-list6': lists(6),
    'route-map': nothing,
    route: policyRoutes(gateway, plan, 4),
    route6: policyRoutes(gateway, plan, 6),
  };
  return Object.values(policy).some(node => node !== undefined) ? policy : undefined;
}

function staticRoutes(gateway: VyOs, plan: GatewayPlan): VyosNode {
  const { wan } = gateway;
  const next = (family: 4 | 6) => {
    const subnet = DynamicUplink.is(wan) ? undefined : family === 4 ? wan.vlan.ipv4 : wan.vlan.ipv6;
    return subnet && !DynamicUplink.is(wan) ? subnet.address(wan.vlan.gatewayNumber) : undefined;
  };
  const route = (family: 4 | 6): Tagged | undefined => {
    const hop = next(family);
    const away = plan.tunnels.flatMap(tunnel =>
      tunnel.peers.flatMap(peer =>
        peer.prefixes
          .filter(prefix => prefix.includes(':') === (family === 6) && !prefix.endsWith('/0'))
          .map((prefix): [string, VyosNode] => [prefix, { interface: tagged([[tunnel.name, true]]) }]),
      ),
    );
    const fallback: [string, VyosNode][] = hop ? [[family === 4 ? '0.0.0.0/0' : '::/0', { 'next-hop': tagged([[hop, true]]) }]] : [];
    return tagged([...fallback, ...away]);
  };
  return { route: route(4), route6: route(6), table: tables(plan) };
}

/** A table for each tunnel that something leaves by, numbered by its name. */
function tables(plan: GatewayPlan): Tagged | undefined {
  const used = [...new Set(plan.exits.values())];
  return tagged(
    used.map((tunnel): [number, VyosNode] => {
      const way: VyosNode = { interface: tagged([[tunnel.name, true]]) };
      return [
        tableOf(tunnel.name),
        { description: `out by ${tunnel.name}`, route: tagged([['0.0.0.0/0', way]]), route6: tagged([['::/0', way]]) },
      ];
    }),
  );
}

/** wg0 has table 100; VyOS has 1 to 200. */
function tableOf(tunnel: string): number {
  return 100 + Number(tunnel.replaceAll(/\D/g, ''));
}

function policyRoutes(gateway: VyOs, plan: GatewayPlan, family: 4 | 6): Tagged | undefined {
  return tagged(
    [...plan.exits].map(([vlan, tunnel]): [string, VyosNode | undefined] => {
      const subnet = family === 4 ? vlan.ipv4 : vlan.ipv6;
      if (!subnet) return [vlan.name, undefined];
      const others = { group: { 'network-group': '!SITE' } };
      const rule: VyosNode = { source: { address: subnet.cidr }, destination: others, set: { table: tableOf(tunnel.name) } };
      return [vlan.name, { interface: [gateway.ports.deviceOf(vlan as Vlan)], rule: tagged([[10, rule]]) }];
    }),
  );
}

function bgp(gateway: VyOs): VyosNode | undefined {
  const peerings = peeringsOf(gateway);
  if (peerings.length === 0) return undefined;
  const neighbors = peerings.flatMap(peering => {
    const families: VyosNode = Object.fromEntries(
      ([4, 6] as const)
        .filter(family => peering.prefixes.some(prefix => prefix.includes(':') === (family === 6)))
        .map(family => {
          const filters: VyosNode = {
            'prefix-list': { import: `from-${peering.node.id}` },
            'route-map': { export: 'nothing' },
            'maximum-prefix': 1000,
          };
          return [`ipv${family}-unicast`, filters];
        }),
    );
    return peering.neighbors.map((host): [string, VyosNode] => [
      host.ip,
      {
        'remote-as': peering.asn,
        description: host.fqdn,
        bfd: peering.bfd ? {} : undefined,
        'address-family': families,
      },
    ]);
  });
  return {
    'system-as': gateway.asn,
    parameters: { 'router-id': gateway.management.ipv4?.address(gateway.management.gatewayNumber), 'log-neighbor-changes': true },
    neighbor: tagged(neighbors),
  };
}

/** Three packets lost in 300 ms each: a dead neighbor is known within a second. */
function bfd(gateway: VyOs): VyosNode | undefined {
  const watched = peeringsOf(gateway).filter(peering => peering.bfd);
  const peers = watched.flatMap(peering => peering.neighbors.map(host => host.ip));
  if (peers.length === 0) return undefined;
  const interval: VyosNode = { multiplier: 3, receive: 300, transmit: 300 };
  return { peer: tagged(peers.map((ip): [string, VyosNode] => [ip, { interval }])) };
}

/** By id. */
export function peeringsOf(gateway: VyOs): BgpPeering[] {
  return Site.of(gateway)
    .findAll()
    .filter(BgpPeering.isBgpPeering)
    .filter(peering => peering.gateway === gateway)
    .sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
}
