import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** A network port that boots a machine has a cable in it. */
export const BOOT_NIC_NOT_LINKED: Rule = {
  code: 'BOOT_NIC_NOT_LINKED',
  severity: 'error',
  incident:
    'The MAC address was that of the second port, the cable was in the first: the installation waited for a request that never came.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      for (const hardware of stack.hardware) {
        if (hardware.nic.link) continue;
        yield findingAt(
          hardware,
          BOOT_NIC_NOT_LINKED,
          `boots from ${pathOf(hardware.nic)}, which no cable is in`,
          `connect it: lan.port(1).connect(machine.nic('${hardware.nic.name}'), { native: ${stack.vlan.name} })`,
        );
      }
    }
  },
};
