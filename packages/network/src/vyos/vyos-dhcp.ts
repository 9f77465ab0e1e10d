import type { Vlan } from '../segments/vlan';
import type { VyOs } from './vyos';
import { type Tagged, tagged, type VyosNode } from './vyos-config';

/** A lease lives a day. */
const LEASE = 86_400;

/**
 * DHCP servers of the segments that have a pool for it; hosts with a MAC address get theirs.
 * @see https://docs.vyos.io/en/latest/configuration/service/dhcp-server.html
 */
export function dhcpServer(gateway: VyOs): VyosNode | undefined {
  const networks = gateway.segments.flatMap(vlan =>
    vlan.ipv4 && dhcpPools(vlan).length > 0 ? [[vlan.name, sharedNetwork(gateway, vlan)] as const] : [],
  );
  return networks.length > 0 ? { 'shared-network-name': tagged(networks) } : undefined;
}

/**
 * Router advertisements of the segments with IPv6: hosts make their address themselves, and learn the resolver.
 * @see https://docs.vyos.io/en/latest/configuration/service/router-advert.html
 */
export function routerAdvertisements(gateway: VyOs): VyosNode | undefined {
  const interfaces = gateway.segments.flatMap((vlan): [string, VyosNode][] => {
    const { ipv6 } = vlan;
    if (ipv6?.prefixLength !== 64) return [];
    const router = ipv6.address(vlan.gatewayNumber);
    return [[gateway.ports.deviceOf(vlan), { prefix: tagged([[ipv6.cidr, true]]), 'name-server': [router], dnssl: [vlan.domain] }]];
  });
  return interfaces.length > 0 ? { interface: tagged(interfaces) } : undefined;
}

function dhcpPools(vlan: Vlan) {
  return vlan.pools.filter(pool => pool.use === 'dhcp');
}

function sharedNetwork(gateway: VyOs, vlan: Vlan): VyosNode {
  const { ipv4 } = vlan;
  if (!ipv4) return {};
  const router = ipv4.address(vlan.gatewayNumber);
  const ranges = tagged(
    dhcpPools(vlan).map((pool): [string, VyosNode] => [pool.node.id, { start: ipv4.address(pool.from), stop: ipv4.address(pool.to) }]),
  );
  const options: VyosNode = { 'default-router': router, 'name-server': [router], 'domain-name': vlan.domain };
  const subnet: VyosNode =
    gateway.version === '1.4'
      ? { ...options, lease: LEASE, range: ranges, 'static-mapping': staticMappings(vlan, 'mac-address') }
      : { option: options, 'subnet-id': vlan.tag, lease: LEASE, range: ranges, 'static-mapping': staticMappings(vlan, 'mac') };
  return { authoritative: true, description: vlan.name, subnet: tagged([[ipv4.cidr, subnet]]) };
}

function staticMappings({ hosts, ipv4 }: Vlan, key: 'mac' | 'mac-address'): Tagged | undefined {
  const known = hosts.filter(host => host.mac !== undefined);
  return tagged(known.map((host): [string, VyosNode] => [host.name, { 'ip-address': ipv4?.address(host.number), [key]: host.mac }]));
}
