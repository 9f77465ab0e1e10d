import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isHostTuning } from '../is-host-tuning';

/** A guest does not make a swap file that its tuning then leaves unused. */
export const SWAP_TWO_WAYS: Rule = {
  code: 'SWAP_TWO_WAYS',
  severity: 'error',
  incident: 'Guests got a swap file at first boot and were tuned as nodes of Kubernetes: the disk was full, and there was no swap.',
  *check(site) {
    for (const tuning of site.findAll().filter(isHostTuning)) {
      if (tuning.settings.value('host', 'swap') !== 'off') continue;
      for (const { instance } of tuning.hosts) {
        if (instance?.firstBoot.swap === undefined) continue;
        yield findingAt(
          tuning,
          SWAP_TWO_WAYS,
          `swap is off, and ${pathOf(instance)} makes a swap file of ${instance.firstBoot.swap} at first boot`,
          "leave one of them out: profile.without('swap')",
        );
      }
    }
  },
};
