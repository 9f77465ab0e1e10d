import { findingAt, type Rule } from '@ashlar/core';
import { DnsRecordSet, DnsZones } from '@ashlar/network';
import { PublicZones } from '../public-zones';

/** Every record set is in a zone that somebody serves. */
export const RECORD_UNSERVED: Rule = {
  code: 'RECORD_UNSERVED',
  severity: 'error',
  incident: 'A zone moved to a provider, and the records of one subdomain were in neither place: its mail came back for a weekend.',
  *check(site) {
    const all = site.findAll();
    const own = new Set(all.filter(DnsZones.isDnsZones).flatMap(zones => zones.zones().map(zone => zone.name)));
    const served = (name: string) => name.split('.').some((_, i, labels) => own.has(labels.slice(i).join('.')));
    const zones = PublicZones.of(site);
    for (const set of all.filter(DnsRecordSet.isDnsRecordSet)) {
      if (zones.zoneOf(set.fqdn) !== undefined || served(set.fqdn)) continue;
      yield findingAt(
        set,
        RECORD_UNSERVED,
        `${set.fqdn} ${set.type} is in no zone that anybody serves`,
        'declare the zone where it is served, or remove the record',
      );
    }
  },
};
