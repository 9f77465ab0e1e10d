import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Bmc } from '../bmc';

/** A BMC on the cable of the operating system is gone with that cable, when it is needed most. */
export const BMC_SHARED_PORT: Rule = {
  code: 'BMC_SHARED_PORT',
  severity: 'warning',
  incident:
    'A change of the bond on the first network port cut off twelve hypervisors. Their BMCs shared that port, so no console was left to undo it.',
  *check(site) {
    for (const bmc of site.findAll().filter(Bmc.isBmc)) {
      if (!bmc.sharedWith) continue;
      yield findingAt(
        bmc,
        BMC_SHARED_PORT,
        `shares the cable of ${pathOf(bmc.sharedWith)} with the operating system`,
        'use its own jack, on a switch of its own, or acknowledge it with a reason',
      );
    }
  },
};
