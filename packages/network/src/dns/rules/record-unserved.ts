import { Claims, findingAt, type Rule } from '@ashlar/core';
import { DnsRecordSet } from '../dns-record-set';
import { isDnsZones } from '../is-dns-zones';

/** Who serves a zone for the site without being a server of ours, such as a provider, claims it under this kind. */
export const PUBLIC_ZONE = 'public zone';

/** Every record set is in a zone that somebody serves. */
export const RECORD_UNSERVED: Rule = {
  code: 'RECORD_UNSERVED',
  severity: 'error',
  incident: 'A zone moved to a provider, and the records of one subdomain were in neither place: its mail came back for a weekend.',
  *check(site) {
    const all = site.findAll();
    const own = new Set(all.filter(isDnsZones).flatMap(zones => zones.zones().map(zone => zone.name)));
    const claims = Claims.of(site);
    const served = (name: string) =>
      name.split('.').some((_, i, labels) => {
        const suffix = labels.slice(i).join('.');
        return own.has(suffix) || claims.holder(PUBLIC_ZONE, suffix) !== undefined;
      });
    for (const set of all.filter(DnsRecordSet.isDnsRecordSet)) {
      if (served(set.fqdn)) continue;
      yield findingAt(
        set,
        RECORD_UNSERVED,
        `${set.fqdn} ${set.type} is in no zone that anybody serves`,
        'declare the zone where it is served, or remove the record',
      );
    }
  },
};
