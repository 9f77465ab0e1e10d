import { Site } from '@ashlar/core';
import { DnsAlias } from '../dns/dns-alias';
import type { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import type { PfSense } from './pfsense';

/** Unbound: it asks the site's own servers for the site's names, or knows them itself. */
export interface PfSenseResolver {
  readonly domains: readonly { readonly domain: string; readonly ip: string; readonly descr: string }[];
  readonly hosts: readonly {
    readonly host: string;
    readonly domain: string;
    readonly ips: readonly string[];
    readonly descr: string;
    readonly aliases: readonly { readonly host: string; readonly domain: string }[];
  }[];
  /** Options of Unbound as it reads them; empty for none. */
  readonly options: string;
}

export function resolverOf(gateway: PfSense): PfSenseResolver {
  const { dns } = gateway;
  if (dns) {
    const domains = dns.zones().flatMap(({ name }) => dns.servers.map(({ ip, fqdn }) => ({ domain: name, ip, descr: fqdn })));
    return { domains, hosts: [], options: '' };
  }
  const all = Site.of(gateway).findAll();
  const aliases = all.filter(DnsAlias.isDnsAlias).sort((a, b) => (a.fqdn < b.fqdn ? -1 : 1));
  const vlans = all.filter(Vlan.isVlan).sort((a, b) => a.tag - b.tag);
  const names = new Map<Host, string[]>();
  for (const alias of aliases.filter(one => !isWildcard(one))) names.set(alias.target, [...(names.get(alias.target) ?? []), alias.fqdn]);
  const hosts = vlans
    .flatMap(vlan => vlan.hosts)
    .map(host => ({
      ...split(host.fqdn),
      ips: host.addresses.map(({ ip }) => ip),
      descr: host.vlan.name,
      aliases: (names.get(host) ?? []).map(split),
    }));
  return { domains: [], hosts, options: wildcards(aliases.filter(isWildcard)) };
}

/** A host override has no wildcard, so these go to Unbound as it is. */
function wildcards(aliases: readonly DnsAlias[]): string {
  if (aliases.length === 0) return '';
  const options = aliases.flatMap(({ fqdn, target }) => {
    const zone = `${fqdn.slice(2)}.`;
    return [
      `local-zone: "${zone}" redirect`,
      ...target.addresses.map(({ family, ip }) => `local-data: "${zone} ${family === 4 ? 'A' : 'AAAA'} ${ip}"`),
    ];
  });
  return ['server:', ...options, ''].join('\n');
}

function isWildcard(alias: DnsAlias): boolean {
  return alias.fqdn.startsWith('*.');
}

function split(fqdn: string): { host: string; domain: string } {
  const dot = fqdn.indexOf('.');
  return { host: fqdn.slice(0, dot), domain: fqdn.slice(dot + 1) };
}
