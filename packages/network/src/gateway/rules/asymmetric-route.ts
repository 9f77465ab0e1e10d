import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isGateway } from '../gateway';
import { GatewayPlan } from '../gateway-plan';

/** Hosts of the segment that a gateway goes out by send their packets to the router of that segment, not to it. */
export const ASYMMETRIC_ROUTE: Rule = {
  code: 'ASYMMETRIC_ROUTE',
  severity: 'error',
  incident: 'Requests took one router and answers the other; its firewall had never seen the connection, and dropped every second packet.',
  *check(site) {
    for (const gateway of site.findAll().filter(isGateway)) {
      const plan = new GatewayPlan(gateway);
      const { vlan } = plan.uplink;
      if (!vlan) continue;
      const told = new Set<string>();
      for (const { arrives, leaves, from, flow } of plan.passages()) {
        if (arrives !== plan.uplink || from === undefined || leaves.kind === 'local' || told.has(pathOf(flow.from))) continue;
        told.add(pathOf(flow.from));
        yield findingAt(
          flow.to,
          ASYMMETRIC_ROUTE,
          `${pathOf(flow.from)} is on ${pathOf(vlan)}, whose router is ${vlan.gateway}, and reaches ${pathOf(leaves.vlan ?? gateway)} through ${pathOf(gateway)} only`,
          'forward a port to it and let the flow come from the Internet, or put both behind one gateway',
        );
      }
    }
  },
};
