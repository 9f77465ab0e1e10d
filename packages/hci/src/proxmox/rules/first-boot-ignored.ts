import { findingAt, type Rule } from '@ashlar/core';
import { clustersOf } from '../clusters-of';

/** Something was added to the first boot of a guest that has no cloud-init. */
export const FIRST_BOOT_IGNORED: Rule = {
  code: 'FIRST_BOOT_IGNORED',
  severity: 'error',
  incident: 'An agent was installed at the first boot of every guest. The containers never had it, and nobody was told.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests) {
        const added = guest.firstBoot.firstAddition;
        if (guest.rendersFirstBoot || added === undefined) continue;
        const why = guest.kind === 'ct' ? 'a container has no cloud-init' : 'it is made neither from a template nor from a cloud image';
        yield findingAt(
          guest,
          FIRST_BOOT_IGNORED,
          `is asked for ${JSON.stringify(added)} at its first boot, and ${why}`,
          'use a ProxmoxVm with a template or an image',
        );
      }
    }
  },
};
