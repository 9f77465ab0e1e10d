import { findingAt, type Rule } from '@ashlar/core';
import { compareFirmware } from '../firmware';
import { Machine } from '../machine';

/** A machine runs at least the firmware that its model is known to need. */
export const FIRMWARE_BELOW: Rule = {
  code: 'FIRMWARE_BELOW',
  severity: 'warning',
  incident:
    'One of eight nodes had the firmware of the factory on its network card, which drops VLAN tags under load; the storage of that node alone fell behind, every night.',
  *check(site) {
    for (const machine of site.findAll().filter(Machine.isMachine)) {
      const faults = Object.entries(machine.model.leastFirmware).flatMap(([component, least]) => {
        const version = machine.firmware[component];
        if (version === undefined) return [`${component} is not known, ${least} is the least`];
        return compareFirmware(version, least) < 0 ? [`${component} is ${version}, ${least} is the least`] : [];
      });
      if (faults.length === 0) continue;
      yield findingAt(
        machine,
        FIRMWARE_BELOW,
        `has older firmware than a ${machine.model} needs: ${faults.join('; ')}`,
        'upgrade it and write its version in firmware, or acknowledge it with a reason',
      );
    }
  },
};
