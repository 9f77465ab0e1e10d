import { type IVlan, isPlannedVlan, isRouting, pathOf, type Site } from '@ashlar/core';
import type { AddressBook } from '../address-book';
import { byName } from '../by-name';
import type { Lane, NetworkPlan, RouterItem } from './network-plan';

/** Reads who joins which segments, from the contracts of routers and addresses. */
export function readNetworkPlan(site: Site, book: AddressBook): NetworkPlan {
  const positions = new Map(book.vlans.map((vlan, i) => [vlan, i]));
  const lane = (vlan: IVlan): Lane => {
    const network = positions.get(vlan) ?? 0;
    const router = isPlannedVlan(vlan) ? vlan.gateways[0] : undefined;
    const own = book.addresses.filter(address => address.vlan === vlan && address.family === (vlan.cidrs[0]?.includes(':') ? 6 : 4));
    const hosts = own.map(({ ip, name }) => ({ tag: vlan.tag, ip, name, network }));
    return { name: vlan.name, tag: vlan.tag, network, prefixes: vlan.cidrs, router, hosts };
  };
  const routers = site
    .findAll()
    .filter(isRouting)
    .sort((a, b) => byName(pathOf(a), pathOf(b)));
  const items = routers.map(({ node, routing }): RouterItem => {
    const { vlan } = routing.uplink;
    const lanes = [...routing.joins].sort((a, b) => a.tag - b.tag).map(lane);
    const tunnels = (routing.tunnels ?? []).map(({ label, prefixes }) => ({ name: label, prefixes }));
    return { name: node.id, device: routing.device, uplink: routing.uplink.label, ...(vlan && { outside: lane(vlan) }), lanes, tunnels };
  });
  const joined = new Set(routers.flatMap(({ routing }) => [...routing.joins, routing.uplink.vlan]));
  const apart = book.vlans.filter(vlan => !joined.has(vlan)).map(vlan => ({ ...lane(vlan), router: undefined }));
  return { title: site.node.id, domain: site.domain, routers: items, apart };
}
