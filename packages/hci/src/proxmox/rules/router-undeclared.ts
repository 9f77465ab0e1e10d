import { findingAt, isRouting, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** A guest forwards packets, and so has no firewall of its own, and nothing in the model says that it is a router. */
export const ROUTER_UNDECLARED: Rule = {
  code: 'ROUTER_UNDECLARED',
  severity: 'warning',
  incident:
    'A web server was given the first address of its segment, for which it was taken for the gateway. It had no firewall, for a year.',
  *check(site) {
    const joined = new Set(site.findAll().flatMap(construct => (isRouting(construct) ? construct.routing.joins : [])));
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests) {
        if (!guest.routes || guest.nics.some(nic => joined.has(nic.vlan))) continue;
        const gateway = guest.nics.find(nic => nic.host?.number === nic.vlan.gatewayNumber);
        yield findingAt(
          guest,
          ROUTER_UNDECLARED,
          `${gateway ? `has the address of the gateway of ${pathOf(gateway.vlan)}` : 'routes'}, so that its firewall is off, and no gateway in the model joins its segments`,
          gateway
            ? `declare the gateway (VyOs, PfSense), write routes: false, or choose another number than ${gateway.vlan.gatewayNumber}`
            : 'declare the gateway (VyOs, PfSense), or leave routes out',
        );
      }
    }
  },
};
