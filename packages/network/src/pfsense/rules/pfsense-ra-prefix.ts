import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isPfSense } from '../is-pfsense';

/** Hosts make an IPv6 address themselves in a /64 only. */
export const PFSENSE_RA_PREFIX: Rule = {
  code: 'PFSENSE_RA_PREFIX',
  severity: 'warning',
  incident: 'A /56 was put on one segment as it came from the provider; telephones had no IPv6 there, and nobody found out why for a year.',
  *check(site) {
    for (const gateway of site.findAll().filter(isPfSense)) {
      for (const vlan of gateway.segments) {
        const { ipv6 } = vlan;
        if (ipv6 === undefined || ipv6.prefixLength === 64 || !vlan.pools.some(pool => pool.use === 'dhcp')) continue;
        yield findingAt(
          vlan,
          PFSENSE_RA_PREFIX,
          `has a DHCP pool, so hosts come and go, and in ${ipv6.cidr} they get no IPv6 address from ${pathOf(gateway)}`,
          `use a /64, such as ${ipv6.address(0)}/64`,
        );
      }
    }
  },
};
