import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Bond } from '../bond';
import type { Nic } from '../nic';
import type { SwitchPort } from '../switch-port';

/** The ports of a bond are interchangeable: each has a cable, of one speed, to a port that carries the same segments. */
export const BOND_MISMATCH: Rule = {
  code: 'BOND_MISMATCH',
  severity: 'error',
  incident:
    'One port of a bond lacked a VLAN on the switch. Half of the connections of each guest were lost, by a hash of their addresses, so that it worked for some and not for others.',
  *check(site) {
    for (const bond of site.findAll().filter(Bond.isBond)) {
      const fault = faultOf(bond.nics);
      if (fault) yield findingAt(bond, BOND_MISMATCH, fault, 'give its ports cables of one speed to switch ports with the same segments');
    }
  },
};

function faultOf(nics: readonly Nic[]): string | undefined {
  const first = nics[0]?.link;
  for (const { link, name } of nics) {
    if (!link || !first) return `has ${nics.find(nic => !nic.link)?.name ?? name}, which has no cable`;
    if (link.speed.toMegabits() !== first.speed.toMegabits())
      return `has a cable of ${first.speed} to ${pathOf(first.port)} and one of ${link.speed} to ${pathOf(link.port)}`;
    if (segments(link.port) !== segments(first.port))
      return `has a cable to ${pathOf(first.port)} with ${segments(first.port)}, and one to ${pathOf(link.port)} with ${segments(link.port)}`;
  }
  return undefined;
}

function segments({ native, tagged }: SwitchPort): string {
  return [
    ...(native ? [`native ${native.tag}`] : []),
    ...(tagged.length > 0 ? [`tagged ${tagged.map(vlan => vlan.tag).join(', ')}`] : []),
  ].join(', ');
}
