import type { Network } from './network';
import type { IntervalSet, Protocol } from './rule-chain';
import { ALL_ADDRESSES, type Family } from './space/address-text';
import type { Box } from './space/box';
import { setOf, subtract } from './space/interval-set';
import { ALL_PORTS } from './space/ports';

/** What a router may offer to its segments without a flow that says so: DNS, DHCP, NTP, BGP and BFD. None of it manages the router. */
const SERVICES: Partial<Record<Protocol, IntervalSet>> = {
  tcp: ports(53, 179),
  udp: ports(53, 67, 123, 546, 547, 3784, 3785, 4784),
  icmp: ALL_PORTS.icmp,
};

/** Packets to a router itself that need no flow: from inside those of its services, from anywhere its tunnels and icmp. */
export function localServices(network: Network, family: Family, protocol: Protocol): Box[] {
  const everywhere = ALL_ADDRESSES[family];
  const inside = subtract(everywhere, network.internet[family]);
  const boxes: Box[] = [];
  const served = SERVICES[protocol];
  if (served) boxes.push({ source: inside, destination: everywhere, ports: served });
  if (protocol === 'icmp') boxes.push({ source: everywhere, destination: everywhere, ports: ALL_PORTS.icmp });
  for (const router of network.routers) {
    const own = network.routing(router, family).own;
    // The client of DHCPv6 is answered from an address of the link.
    const tunnels = ports(...(router.tunnelPorts ?? []), 546);
    if (protocol === 'udp' && own.length > 0) boxes.push({ source: everywhere, destination: own, ports: tunnels });
  }
  return boxes;
}

function ports(...numbers: readonly number[]): IntervalSet {
  return setOf(numbers.map(number => ({ first: BigInt(number), last: BigInt(number) })));
}
