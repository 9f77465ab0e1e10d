import { findingAt, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';

/** A name that stands for another has no records of its own. @see RFC 1034 section 3.6.2 */
export const DNS_CNAME_ALONE: Rule = {
  code: 'DNS_CNAME_ALONE',
  severity: 'error',
  incident: 'A text record was added to a name with a CNAME; the name server refused the whole zone at its next restart.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      for (const { records } of zones.zones()) {
        const types = new Map<string, Set<string>>();
        for (const { name, type } of records) types.set(name, (types.get(name) ?? new Set()).add(type));
        for (const [name, own] of types) {
          if (!own.has('CNAME') || own.size === 1) continue;
          const others = [...own].filter(type => type !== 'CNAME').sort();
          yield findingAt(
            zones,
            DNS_CNAME_ALONE,
            `${name} has a CNAME, and ${others.join(' and ')} records besides`,
            'give one of them another name',
          );
        }
      }
    }
  },
};
