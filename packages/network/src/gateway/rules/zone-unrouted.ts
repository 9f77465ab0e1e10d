import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Zone } from '../../segments/zone';
import { isGateway } from '../gateway';

/** Segments of one zone trust each other, which means nothing where no gateway joins them. */
export const ZONE_UNROUTED: Rule = {
  code: 'ZONE_UNROUTED',
  severity: 'error',
  incident: 'A new segment was added to the zone, and not to the gateway; its hosts were said to be reachable for months, and never were.',
  *check(site) {
    const gateways = site.findAll().filter(isGateway);
    for (const zone of site.findAll().filter(Zone.isZone)) {
      const home = gateways.find(gateway => zone.vlans.some(vlan => gateway.segments.includes(vlan)));
      const stray = home && zone.vlans.find(vlan => !home.segments.includes(vlan));
      if (!home || !stray) continue;
      const message = `${pathOf(stray)} is not among the segments of ${pathOf(home)}, which joins the others of the zone`;
      yield findingAt(zone, ZONE_UNROUTED, message, 'add it to the segments of the gateway, or take it out of the zone');
    }
  },
};
