import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { DnsZones } from '@ashlar/network';
import { PublicZones } from '../public-zones';

/** A zone is served by our own servers or by a provider, and not by both. */
export const ZONE_TWICE: Rule = {
  code: 'ZONE_TWICE',
  severity: 'error',
  incident: 'A zone was at the provider and on the own servers; a new name was added in one, and half of the world never saw it.',
  *check(site) {
    const zones = new Map(PublicZones.of(site).entries());
    for (const own of site.findAll().filter(DnsZones.isDnsZones)) {
      for (const { name } of own.zones()) {
        const holder = zones.get(name);
        if (!holder) continue;
        yield findingAt(
          holder,
          ZONE_TWICE,
          `serves ${name}, and so does ${pathOf(own)}`,
          'give the inside a domain of its own below it, like cloud.example.net, and leave the outer one here',
        );
      }
    }
  },
};
