import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Bmc } from '../bmc';

/** The port at the other end of a BMC's cable must carry the segment of its address. */
export const BMC_VLAN: Rule = {
  code: 'BMC_VLAN',
  severity: 'error',
  incident:
    'A server hung on a Sunday. Its BMC had an address of the management network, and its cable led to a port of another: somebody drove there to press a button.',
  *check(site) {
    for (const bmc of site.findAll().filter(Bmc.isBmc)) {
      const port = bmc.link?.port;
      if (!port || port.carries(bmc.vlan)) continue;
      yield findingAt(
        bmc,
        BMC_VLAN,
        `answers at ${bmc.ip} in ${pathOf(bmc.vlan)} (VLAN ${bmc.vlan.tag}), which ${pathOf(port)} does not carry`,
        bmc.sharedWith ? `add it to tagged of that port` : `write native: ${bmc.vlan.name} at that port`,
      );
    }
  },
};
