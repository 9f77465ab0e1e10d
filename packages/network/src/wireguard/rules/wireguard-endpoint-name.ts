import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { DnsAlias } from '../../dns/dns-alias';
import { Host } from '../../segments/host';
import { isPrivate } from '../../segments/subnet';
import { isWireGuardInterface, isWireGuardPeer } from '../is-wireguard';

/** The name of an endpoint leads to an address that can be reached before the tunnel is there. */
export const WIREGUARD_ENDPOINT_NAME: Rule = {
  code: 'WIREGUARD_ENDPOINT_NAME',
  severity: 'error',
  incident: 'Laptops were told a name that only the resolver inside knew, with an address inside: the tunnel came up in the office only.',
  *check(site) {
    const all = site.findAll();
    const hosts = new Map(all.filter(Host.isHost).map(host => [host.fqdn, host]));
    for (const alias of all.filter(DnsAlias.isDnsAlias)) hosts.set(alias.fqdn, alias.target);
    for (const end of all.filter(x => isWireGuardInterface(x) || isWireGuardPeer(x))) {
      const host = hosts.get(end.endpoint?.host ?? '');
      if (!host?.addresses.every(({ ip }) => isPrivate(ip))) continue;
      yield findingAt(
        end,
        WIREGUARD_ENDPOINT_NAME,
        `its endpoint ${end.endpoint?.host} is ${pathOf(host)}, ${host.ip}, which is reached only through the tunnel, or beside it`,
        'write a name with a public address, such as that of a dynamic DNS service',
      );
    }
  },
};
