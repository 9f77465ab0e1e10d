import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Bmc } from '../bmc';

/** A BMC without a cable helps nobody. */
export const BMC_NOT_LINKED: Rule = {
  code: 'BMC_NOT_LINKED',
  severity: 'warning',
  incident: 'The provisioning of the fifth server never began: every BMC had been given an address, and this one no cable.',
  *check(site) {
    for (const bmc of site.findAll().filter(Bmc.isBmc)) {
      if (bmc.link) continue;
      yield findingAt(
        bmc,
        BMC_NOT_LINKED,
        bmc.sharedWith ? `uses the cable of ${pathOf(bmc.sharedWith)}, which has none` : 'is linked to no switch',
        `connect it: oob.port(1).connect(${bmc.sharedWith ? `machine.nic('${bmc.sharedWith.name}')` : 'bmc'}, { ${
          bmc.sharedWith ? `tagged: [${bmc.vlan.name}]` : `native: ${bmc.vlan.name}`
        } }), or acknowledge it when its switch is not in the model`,
      );
    }
  },
};
