import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isDnsZones } from '../is-dns-zones';

/** A zone that the Internet asks for is found by the public addresses of its servers. */
export const DNS_SERVER_PRIVATE: Rule = {
  code: 'DNS_SERVER_PRIVATE',
  severity: 'error',
  incident: 'The zone was delegated to servers whose names had private addresses; from outside, nothing in it could be found.',
  *check(site) {
    for (const zones of site.findAll().filter(isDnsZones)) {
      const shown = zones.zones('external').flatMap(zone => zone.records);
      const domains = zones.zones('external').map(zone => zone.name);
      const inside = (name: string) => domains.some(domain => name.endsWith(`.${domain}`));
      if (!zones.isPublic) continue;
      for (const server of zones.servers.filter(({ fqdn }) => inside(fqdn))) {
        if (shown.some(({ name, type }) => name === server.fqdn && (type === 'A' || type === 'AAAA'))) continue;
        yield findingAt(
          zones,
          DNS_SERVER_PRIVATE,
          `${pathOf(server)} answers for ${domains[0]}, and has no public address under its name ${server.fqdn}`,
          `give it one, or write new PublicName(site, 'ns', { name: '${server.fqdn}', addresses: [...] })`,
        );
      }
    }
  },
};
