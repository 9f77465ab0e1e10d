import { findingAt, type IVlan, isAddressed, isDepicted, isPlannedVlan, pathOf, type Rule, type Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Bmc } from '../bmc';
import { Machine } from '../machine';

/** Whoever has a guest in the segment of the BMCs is one password away from every machine. Its router may be there. */
export const BMC_AMONG_GUESTS: Rule = {
  code: 'BMC_AMONG_GUESTS',
  severity: 'warning',
  incident:
    'A web server was broken into. It stood in the segment of the BMCs, one of which had an old firmware with a known login bypass; the intruder booted the hypervisors from his own image.',
  *check(site) {
    const guests = guestsBySegment(site);
    for (const bmc of site.findAll().filter(Bmc.isBmc)) {
      const among = [...(guests.get(bmc.vlan) ?? [])].map(pathOf).sort();
      if (among.length === 0) continue;
      yield findingAt(
        bmc,
        BMC_AMONG_GUESTS,
        `is in ${pathOf(bmc.vlan)}, and so ${among.length === 1 ? 'is' : 'are'} ${among.join(', ')}`,
        'give BMCs a segment of their own, or acknowledge it with a reason',
      );
    }
  },
};

/** What has a network port in a segment without being its router. */
function guestsBySegment(site: Site): Map<IVlan, Set<IConstruct>> {
  const found = new Map<IVlan, Set<IConstruct>>();
  for (const { vlan, by } of site
    .findAll()
    .filter(Machine.isMachine)
    .flatMap(machine => machine.carried)) {
    if (!isDepicted(by) || by.depiction.kind !== 'guest' || routes(by, vlan)) continue;
    found.set(vlan, (found.get(vlan) ?? new Set()).add(by));
  }
  return found;
}

function routes(guest: IConstruct, vlan: IVlan): boolean {
  if (!isPlannedVlan(vlan) || !isAddressed(guest)) return false;
  return guest.addresses.some(address => address.vlan === vlan && vlan.gateways.includes(address.ip));
}
