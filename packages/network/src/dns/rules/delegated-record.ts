import { findingAt, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';
import { enclosing } from '../zone-cut';
import { type DnsZone, targetOf } from '../zone-file';

/** What is handed to others is answered by them: whatever we say of it, nobody hears. @see RFC 1034 section 4.2.1 */
export const DNS_DELEGATED_RECORD: Rule = {
  code: 'DNS_DELEGATED_RECORD',
  severity: 'error',
  incident: 'A host was added to a subdomain that had been delegated a year before; its name was in the zone file, and never resolved.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      for (const [name, type, cut] of new Map(
        zones
          .zones()
          .flatMap(hidden)
          .map(one => [one.join(' '), one]),
      ).values()) {
        yield findingAt(
          zones,
          DNS_DELEGATED_RECORD,
          `${name} ${type} is never asked here, because ${cut} is delegated to other servers`,
          'enter it there, or remove the delegation',
        );
      }
    }
  },
};

/** Records at or below a cut, besides the delegation itself and the addresses of its servers. */
function hidden(zone: DnsZone): (readonly [name: string, type: string, cut: string])[] {
  const delegations = zone.records.filter(({ name, type }) => type === 'NS' && name !== zone.name);
  const cuts = new Set(delegations.map(({ name }) => name));
  if (cuts.size === 0) return [];
  const servers = new Set(delegations.map(targetOf));
  return zone.records.flatMap(({ name, type }) => {
    const cut = enclosing(name, cuts);
    const glue = (type === 'A' || type === 'AAAA') && servers.has(name);
    return cut === undefined || glue || (type === 'NS' && name === cut) ? [] : [[name, type, cut] as const];
  });
}
