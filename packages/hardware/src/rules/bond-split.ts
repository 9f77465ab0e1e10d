import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Bond } from '../bond';

/** LACP is spoken with one switch, or with two that act as one. */
export const BOND_SPLIT: Rule = {
  code: 'BOND_SPLIT',
  severity: 'error',
  incident:
    'A bond of 802.3ad led to two switches that knew nothing of each other. Linux used the ports of one of them only; the other cable was found to be idle when the first switch failed.',
  *check(site) {
    for (const bond of site.findAll().filter(Bond.isBond)) {
      if (bond.mode !== '802.3ad') continue;
      const [first, ...others] = [...new Set(bond.nics.flatMap(nic => nic.link?.port.switch ?? []))];
      const apart = others.find(other => first && first.mlagWith !== other && other.mlagWith !== first);
      if (!first || !apart) continue;
      yield findingAt(
        bond,
        BOND_SPLIT,
        `leads to ${pathOf(first)} and to ${pathOf(apart)}, which do not act as one`,
        `write mlagWith: ${first.name} at ${apart.name} when they do, or mode: 'active-backup'`,
      );
    }
  },
};
