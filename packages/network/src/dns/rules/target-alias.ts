import { findingAt, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';
import { targetOf } from '../zone-file';

/** Mail exchangers, name servers and services are named by names with addresses. @see RFC 2181 section 10.3 */
export const DNS_TARGET_ALIAS: Rule = {
  code: 'DNS_TARGET_ALIAS',
  severity: 'error',
  incident: 'The MX record led to an alias; half of the senders followed it, and the other half bounced.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      const all = zones.zones().flatMap(zone => zone.records);
      const aliases = new Set(all.filter(record => record.type === 'CNAME').map(record => record.name));
      for (const record of all.filter(({ type }) => type === 'MX' || type === 'NS' || type === 'SRV')) {
        const target = targetOf(record) ?? '';
        if (!aliases.has(target)) continue;
        yield findingAt(
          zones,
          DNS_TARGET_ALIAS,
          `${record.name} ${record.type} leads to ${target}, which is an alias`,
          'name the host itself',
        );
      }
    }
  },
};
