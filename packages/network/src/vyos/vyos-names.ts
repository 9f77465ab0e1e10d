import { Site } from '@ashlar/core';
import { DnsAlias } from '../dns/dns-alias';
import type { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import type { VyOs } from './vyos';
import { type Tagged, tagged, type VyosNode } from './vyos-config';

/**
 * The resolver of the segments: it asks the site's own servers for the site's names or knows them itself, and others for the rest.
 * @see https://docs.vyos.io/en/latest/configuration/service/dns.html
 */
export function dnsForwarding(gateway: VyOs): VyosNode {
  return {
    'allow-from': gateway.segments.flatMap(vlan => vlan.cidrs),
    'listen-address': gateway.segments.flatMap(vlan => vlan.gateways),
    'name-server': tagged(gateway.nameServers.map((ip): [string, true] => [ip, true])),
    dnssec: 'process',
    ...(gateway.dns ? { domain: forwarded(gateway) } : { 'authoritative-domain': ownDomains(gateway) }),
  };
}

function forwarded({ dns }: VyOs): Tagged | undefined {
  if (!dns) return undefined;
  const servers = tagged(dns.servers.map((server): [string, true] => [server.ip, true]));
  return tagged(dns.zones().map((zone): [string, VyosNode] => [zone.name, { 'name-server': servers, addnta: true }]));
}

/** Records by domain: every host, and every other name of one. */
function ownDomains(gateway: VyOs): Tagged | undefined {
  const all = Site.of(gateway).findAll();
  const hosts = all.filter(Vlan.isVlan).flatMap(vlan => vlan.hosts);
  const aliases = all.filter(DnsAlias.isDnsAlias);
  const domains = new Set([...hosts.map(host => host.vlan.domain), ...aliases.map(() => Site.of(gateway).domain)]);
  return tagged(
    [...domains].map((domain): [string, VyosNode] => {
      const own = hosts.filter(host => host.vlan.domain === domain);
      const names = aliases.filter(alias => alias.fqdn.endsWith(`.${domain}`));
      const cname = tagged(
        names.map((alias): [string, VyosNode] => [alias.fqdn.slice(0, -domain.length - 1), { target: alias.target.fqdn }]),
      );
      return [domain, { records: { a: records(own, 4), aaaa: records(own, 6), cname } }];
    }),
  );
}

function records(hosts: readonly Host[], family: 4 | 6): Tagged | undefined {
  return tagged(
    hosts.map((host): [string, VyosNode | undefined] => {
      const addresses = host.addresses.filter(address => address.family === family).map(address => address.ip);
      return [host.name, addresses.length > 0 ? { address: addresses } : undefined];
    }),
  );
}
