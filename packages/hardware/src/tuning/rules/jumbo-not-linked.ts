import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isHostTuning } from '../is-host-tuning';
import { jumboPorts } from '../jumbo-ports';

/** Large packets need a cable. */
export const JUMBO_NOT_LINKED: Rule = {
  code: 'JUMBO_NOT_LINKED',
  severity: 'error',
  incident: 'Jumbo frames were set on the first port of each machine, and the storage network was on the second: nothing got faster.',
  *check(site) {
    for (const tuning of site.findAll().filter(isHostTuning)) {
      for (const { nic, mtu } of jumboPorts(tuning)) {
        if (nic.link) continue;
        yield findingAt(
          tuning,
          JUMBO_NOT_LINKED,
          `${pathOf(nic)} gets an MTU of ${mtu}, and no cable is in it`,
          'tune the port that the segment is on, or connect it',
        );
      }
    }
  },
};
