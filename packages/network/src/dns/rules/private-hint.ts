import { findingAt, type Rule } from '@ashlar/core';
import { isPrivate } from '../../segments/subnet';
import { isDnsZones } from '../is-dns-zones';
import { parseServiceBinding } from '../service-binding';

/** Addresses in HTTPS and SVCB records are for whoever sees the record. A and AAAA records with private ones are kept inside anyway. */
export const DNS_PRIVATE_HINT: Rule = {
  code: 'DNS_PRIVATE_HINT',
  severity: 'error',
  incident: 'An HTTPS record hinted at 10.20.0.80; browsers tried it first, and customers waited for its timeout on every visit.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      const bindings = zones.zones('external').flatMap(zone => zone.records.filter(({ type }) => type === 'HTTPS' || type === 'SVCB'));
      for (const { name, type, data } of bindings) {
        const parameters = parseServiceBinding(data)?.parameters;
        const hints = ['ipv4hint', 'ipv6hint'].flatMap(key => parameters?.get(key)?.split(',') ?? []);
        for (const hint of hints.filter(isPrivate)) {
          yield findingAt(
            zones,
            DNS_PRIVATE_HINT,
            `${name} ${type} shows ${hint} to the Internet`,
            'leave the hint out, or write a public address',
          );
        }
      }
    }
  },
};
