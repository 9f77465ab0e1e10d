import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Machine } from '../machine';

/** Two power supplies on one feed survive the loss of a supply, and nothing else. */
export const SUPPLIES_TOGETHER: Rule = {
  code: 'SUPPLIES_TOGETHER',
  severity: 'warning',
  incident:
    'Both supplies of the storage server were plugged into the strip that was nearer. The strip failed, and the second feed stood beside it unused.',
  *check(site) {
    for (const machine of site.findAll().filter(Machine.isMachine)) {
      const { powerSupplies } = machine.model;
      const [feed, second] = machine.feeds;
      if (powerSupplies === undefined || powerSupplies < 2 || !feed || second) continue;
      yield findingAt(
        machine,
        SUPPLIES_TOGETHER,
        `has ${powerSupplies} power supplies, and all hang on ${pathOf(feed)}`,
        'write feeds: [a, b], or acknowledge it with a reason',
      );
    }
  },
};
