import { findingAt, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';
import type { DnsZone } from '../zone-file';

/** A name that stands for another has no records of its own. @see RFC 1034 section 3.6.2 */
export const DNS_CNAME_ALONE: Rule = {
  code: 'DNS_CNAME_ALONE',
  severity: 'error',
  incident: 'A text record was added to a name with a CNAME; the name server refused the whole zone at its next restart.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      const told = new Set((['internal', 'external'] as const).flatMap(view => zones.zones(view).flatMap(crowded)));
      for (const problem of told) yield findingAt(zones, DNS_CNAME_ALONE, problem, 'give one of them another name');
    }
  },
};

/** What is wrong with each name of a zone that has a CNAME and something else. */
function crowded({ records }: DnsZone): string[] {
  const types = new Map<string, Set<string>>();
  for (const { name, type } of records) types.set(name, (types.get(name) ?? new Set()).add(type));
  return [...types]
    .filter(([, own]) => own.has('CNAME') && own.size > 1)
    .map(([name, own]) => {
      const others = [...own].filter(type => type !== 'CNAME').sort();
      return `${name} has a CNAME, and ${others.join(' and ')} records besides`;
    });
}
