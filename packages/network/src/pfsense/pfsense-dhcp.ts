import type { PfSense } from './pfsense';
import type { SegmentInterface } from './pfsense-interfaces';

interface Range {
  readonly from: string;
  readonly to: string;
}

/** The DHCP server of a segment. */
export interface DhcpServer {
  readonly on: SegmentInterface;
  /** One or more. */
  readonly ranges: readonly Range[];
  /** The gateway itself: default route, resolver and time server. */
  readonly router: string;
  readonly domain: string;
  readonly hosts: readonly { readonly mac: string; readonly address: string; readonly name: string; readonly fqdn: string }[];
}

/** What a segment is told of IPv6. */
export interface RouterAdvertisement {
  readonly on: SegmentInterface;
  readonly router: string;
  readonly domain: string;
  /** Given out by DHCPv6, besides the addresses that hosts make themselves. @default - none */
  readonly range?: Range;
}

/** DHCP servers of the segments that have a pool for it; hosts with a MAC address get theirs. */
export function dhcpServers(gateway: PfSense): DhcpServer[] {
  return gateway.interfaces.segments.flatMap(on => {
    const { vlan } = on;
    const { ipv4 } = vlan;
    const pools = vlan.pools.filter(pool => pool.use === 'dhcp');
    if (!ipv4 || pools.length === 0) return [];
    const ranges = pools.map(pool => ({ from: ipv4.address(pool.from), to: ipv4.address(pool.to) }));
    const hosts = vlan.hosts.flatMap(({ mac, number, name, fqdn }) =>
      mac === undefined ? [] : { mac, address: ipv4.address(number), name, fqdn },
    );
    return [{ on, ranges, router: ipv4.address(vlan.gatewayNumber), domain: vlan.domain, hosts }];
  });
}

/** Of the segments whose IPv6 prefix is a /64: only in those do hosts make an address themselves. @see RFC 4862 */
export function routerAdvertisements(gateway: PfSense): RouterAdvertisement[] {
  return gateway.interfaces.segments.flatMap(on => {
    const { vlan } = on;
    const { ipv6 } = vlan;
    if (ipv6?.prefixLength !== 64) return [];
    const [pool] = vlan.pools.filter(({ use }) => use === 'dhcp');
    const range = pool && { from: ipv6.address(pool.from), to: ipv6.address(pool.to) };
    return [{ on, router: ipv6.address(vlan.gatewayNumber), domain: vlan.domain, ...(range && { range }) }];
  });
}
