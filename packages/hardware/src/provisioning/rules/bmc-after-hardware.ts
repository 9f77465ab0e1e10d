import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** A BMC is there before the hardware, which refers to it. */
export const BMC_AFTER_HARDWARE: Rule = {
  code: 'BMC_AFTER_HARDWARE',
  severity: 'error',
  incident: 'The BMC was in the inventory, and Tinkerbell did not know it: the workflow waited for a machine that nobody switched on.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      for (const hardware of stack.hardware) {
        const { bmc } = hardware.machine;
        if (bmc === hardware.bmc || !bmc) continue;
        yield findingAt(
          hardware,
          BMC_AFTER_HARDWARE,
          `was made before ${pathOf(bmc)}, and does not refer to it`,
          `write new Bmc(machine, '${bmc.node.id}', …) above it`,
        );
      }
    }
  },
};
