import { findingAt, isPlannedVlan, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** A stack that is only a proxy gives out no address: another server must. */
export const DHCP_NO_AUTHORITY: Rule = {
  code: 'DHCP_NO_AUTHORITY',
  severity: 'error',
  incident:
    'The stack was set to proxy, and the pool of the segment had gone with a clean-up: machines waited for an address and then booted from disk.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      const { vlan } = stack;
      if (stack.dhcpMode === 'reservation' || !isPlannedVlan(vlan) || vlan.pools.some(pool => pool.use === 'dhcp')) continue;
      yield findingAt(
        stack,
        DHCP_NO_AUTHORITY,
        `is a DHCP ${stack.dhcpMode} in ${pathOf(vlan)}, where the gateway has no pool to give addresses from`,
        `write dhcpMode: 'reservation', or ${vlan.name}.pool('dynamic', { use: 'dhcp', from: …, to: … })`,
      );
    }
  },
};
