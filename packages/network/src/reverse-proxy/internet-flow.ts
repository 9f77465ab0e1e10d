import type { Site } from '@ashlar/core';
import type { Host } from '../segments/host';
import { Internet } from '../segments/internet';
import { rangeOf } from '../segments/subnet';

/** Whether a flow from, or to, the Internet on a TCP port has one of the hosts at its other end, alone or among others. */
export function isJoinedWithInternet(site: Site, direction: 'from' | 'to', hosts: readonly Host[], port: number): boolean {
  const internet = site.node.children.find(Internet.isInternet)?.connections;
  const flows = (direction === 'from' ? internet?.egress : internet?.ingress) ?? [];
  const addresses = hosts.flatMap(host => host.addresses.map(({ ip }) => rangeOf(ip)));
  return flows.some(flow => {
    if (flow.port.protocol !== 'tcp' || flow.port.from > port || flow.port.to < port) return false;
    const end = (direction === 'from' ? flow.to : flow.from).connections.endpoint.addresses().map(rangeOf);
    return end.some(range => addresses.some(a => a.family === range.family && range.first <= a.first && a.last <= range.last));
  });
}
