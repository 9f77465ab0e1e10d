import { findingAt, isPlannedVlan, isRouting, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** One server gives out the addresses of a segment: the stack, or the gateway from its pools. */
export const DHCP_TWO_AUTHORITIES: Rule = {
  code: 'DHCP_TWO_AUTHORITIES',
  severity: 'error',
  incident: 'Two servers answered in one segment. Whichever was faster won, so every third boot got an address without a boot file.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      const { vlan } = stack;
      if (stack.dhcpMode !== 'reservation' || !isPlannedVlan(vlan)) continue;
      const pools = vlan.pools.filter(pool => pool.use === 'dhcp');
      if (pools.length === 0) continue;
      const gateway = site.findAll().find(construct => isRouting(construct) && construct.routing.joins.includes(vlan));
      yield findingAt(
        stack,
        DHCP_TWO_AUTHORITIES,
        `gives out addresses in ${pathOf(vlan)}, and so does ${gateway ? pathOf(gateway) : 'the gateway'} from ${pools.map(pathOf).sort().join(', ')}`,
        "remove the pool, or write dhcpMode: 'proxy' and leave the addresses to the gateway",
      );
    }
  },
};
