import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { tunnelsOf } from '../../gateway/tunnel';
import { isPfSense } from '../is-pfsense';

/** What is written for pfSense has no tunnels: its WireGuard is a package with settings of its own. */
export const PFSENSE_TUNNEL: Rule = {
  code: 'PFSENSE_TUNNEL',
  severity: 'error',
  incident: 'A site was moved from one make of gateway to another; its tunnel was in the plan, and on neither of the two.',
  *check(site) {
    for (const gateway of site.findAll().filter(isPfSense)) {
      for (const tunnel of tunnelsOf(gateway)) {
        yield findingAt(
          tunnel,
          PFSENSE_TUNNEL,
          `ends on ${pathOf(gateway)}, and no tunnels are written for pfSense`,
          'end it on a host behind it, or on a VyOs gateway',
        );
      }
    }
  },
};
