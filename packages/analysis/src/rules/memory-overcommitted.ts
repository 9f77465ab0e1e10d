import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { memoryText } from '../amount-text';
import { Capacity } from '../capacity';

/** Guests of one machine have all their memory at once; there is no less of it when everybody is busy. */
export const MEMORY_OVERCOMMITTED: Rule = {
  code: 'MEMORY_OVERCOMMITTED',
  severity: 'error',
  incident:
    'Every guest started, as each used a third of its memory. At the first backup night they all grew, and the kernel of the hypervisor killed the database.',
  *check(site) {
    for (const { construct, offers, taken, guests } of Capacity.of(site).machines) {
      if (taken.memoryBytes <= offers.memoryBytes) continue;
      const loads = guests.map(guest => `${pathOf(guest.construct)} ${memoryText(guest.takes.memoryBytes)}`);
      yield findingAt(
        construct,
        MEMORY_OVERCOMMITTED,
        `has ${memoryText(offers.memoryBytes)} of memory, and its guests need ${memoryText(taken.memoryBytes)}: ${loads.join(', ')}`,
        'give guests less memory, or move some to another machine',
      );
    }
  },
};
