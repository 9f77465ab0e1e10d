import { decisionOn, matches, type Packet } from './decision';
import { diversionsAt } from './diverted';
import type { Network } from './network';
import type { Router } from './router';
import type { Hop } from './routing';
import { addressText, UNROUTED } from './space/address-text';
import { has } from './space/interval-set';

/** Why a packet does not get through, followed from router to router as it would travel. */
export function explanationOf(network: Network, packet: Packet): string {
  const { family, source, destination } = packet;
  const segment = network.segmentOf(source, family);
  if (segment && has(segment.addresses[family], destination))
    return atHosts(network, packet) ?? `segment ${segment.name} does not carry it`;
  const entry = network.entries(family).find(({ sources, usual }) => usual && has(sources, source));
  if (!entry) return `no router leads there from ${addressText(source, family)}`;
  if (has(network.internet[family], source) && has(UNROUTED[family], destination) && !network.routerAt(destination, family)) {
    const forward = entry.router.forwards.find(f => f.target === destination && (f.match.protocols?.includes(packet.protocol) ?? true));
    if (!forward) return `${entry.router.file} forwards no port to ${addressText(destination, family)}, which the Internet has no route to`;
  }
  return along(network, entry.router, entry.interface, packet, []);
}

function along(network: Network, router: Router, arrives: string, packet: Packet, visited: readonly Router[]): string {
  if (visited.includes(router)) return `${router.file} sends it in a circle`;
  const { family, destination } = packet;
  const text = addressText(destination, family);
  const routing = network.routing(router, family);
  if (routing.owns(destination)) return drops(router, decisionOn(router.local(arrives), packet).by);
  const diversion = diversionsAt(router, arrives, family).find(({ match }) => matches(match, packet));
  const leads = (hop: Hop) => has(hop.destinations, destination);
  const hop = (diversion && routing.through(diversion.routes).find(leads)) ?? routing.hops.find(leads);
  if (!hop) return `${router.file} has no route to ${text}`;
  if (hop.interface === undefined) return `${router.file} has a route that discards ${text}`;
  const decision = decisionOn(router.forward(arrives, hop.interface), packet);
  if (!decision.accepts) return drops(router, decision.by);
  const hidden = router.masquerades.find(m => m.leaves === hop.interface && matches(m.match, packet));
  if ((!hidden || hidden.exempt) && has(network.internet[family], destination) && has(UNROUTED[family], packet.source)) {
    return `${router.file} sends it on with the private source ${addressText(packet.source, family)}, and no answer comes back`;
  }
  const next = hop.nextHop === undefined ? undefined : network.routerAt(hop.nextHop, family);
  if (next && next.router !== router) return along(network, next.router, next.interface, packet, [...visited, router]);
  return atHosts(network, packet) ?? `${router.file} routes its answers elsewhere`;
}

function atHosts(network: Network, packet: Packet): string | undefined {
  for (const firewall of network.hostFirewalls.filter(f => f.family === packet.family)) {
    for (const [address, chain] of [[packet.source, firewall.outgoing] as const, [packet.destination, firewall.incoming] as const]) {
      if (!has(firewall.addresses, address)) continue;
      const decision = decisionOn(chain, packet);
      if (!decision.accepts) return `${firewall.file} drops it: ${decision.by}`;
    }
  }
  return undefined;
}

function drops(router: Router, by: string): string {
  return `${router.file} drops it: ${by.replace(`${router.file}: `, '')}`;
}
