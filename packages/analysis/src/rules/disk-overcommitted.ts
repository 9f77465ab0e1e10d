import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { diskText } from '../amount-text';
import { Capacity } from '../capacity';

/** A volume that is promised and not there fails when it fills, which is long after everybody has forgotten the sum. */
export const DISK_OVERCOMMITTED: Rule = {
  code: 'DISK_OVERCOMMITTED',
  severity: 'error',
  incident:
    'A thin pool ran full a year after it was laid out: all its volumes turned read-only in the same second, and two file systems did not survive.',
  *check(site) {
    for (const { construct, offers, taken, guests, replicas } of Capacity.of(site).machines) {
      if (taken.diskBytes <= offers.diskBytes) continue;
      const loads = [
        ...guests.map(guest => `${pathOf(guest.construct)} ${diskText(guest.takes.diskBytes)}`),
        ...replicas.map(({ guest, diskBytes }) => `a copy of ${pathOf(guest.construct)} ${diskText(diskBytes)}`),
      ];
      yield findingAt(
        construct,
        DISK_OVERCOMMITTED,
        `has ${diskText(offers.diskBytes)} of disk, and its guests${replicas.length > 0 ? ' and copies' : ''} need ${diskText(taken.diskBytes)}: ${loads.join(', ')}`,
        replicas.length > 0
          ? 'give guests smaller disks, or copy some to another machine'
          : 'give guests smaller disks, or move some to another machine',
      );
    }
  },
};
