import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { memoryText } from '../amount-text';
import { Capacity } from '../capacity';
import { machineLosses, needOf } from '../evacuation';

/** High availability is a promise of memory on the other machines. */
export const N_PLUS_ONE: Rule = {
  code: 'N_PLUS_ONE',
  severity: 'warning',
  incident:
    'A hypervisor died, the cluster restarted its guests on the two others until their memory was full, and the firewall was the one left over.',
  *check(site) {
    for (const loss of machineLosses(Capacity.of(site))) {
      const stranded = loss.moves.filter(move => !move.to).map(move => move.guest);
      if (stranded.length === 0) continue;
      yield findingAt(
        loss.cause,
        N_PLUS_ONE,
        `when it is lost, ${memoryText(needOf(loss))} of guests must move, and no machine that may carry them has memory left for ${stranded
          .map(guest => `${pathOf(guest.construct)} ${memoryText(guest.takes.memoryBytes)}`)
          .join(', ')}`,
        'give guests less memory, let them move to more machines, or acknowledge it with a reason',
      );
    }
  },
};
