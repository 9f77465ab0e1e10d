import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { stacksOf } from '../stacks-of';

/** A machine that may be installed again loses its data at its next boot from the network: that is said at every synthesis, until it is over. */
export const REINSTALL_PENDING: Rule = {
  code: 'REINSTALL_PENDING',
  severity: 'warning',
  incident:
    'A machine was installed again in March, and stayed allowed to. In May its disk failed to answer once, it booted from the network, and was wiped.',
  *check(site) {
    for (const stack of stacksOf(site)) {
      for (const hardware of stack.hardware) {
        if (hardware.reinstall === undefined) continue;
        yield findingAt(
          hardware,
          REINSTALL_PENDING,
          `may write ${hardware.device} of ${pathOf(hardware.machine)} again: ${hardware.reinstall}`,
          'remove reinstall when it is done, or acknowledge it with a reason',
        );
      }
    }
  },
};
