import { Site } from '@ashlar/core';
import { DnsAlias } from '../dns/dns-alias';
import type { Host } from '../segments/host';
import { Vlan } from '../segments/vlan';
import type { PfSense } from './pfsense';
import type { XmlElement } from './xml';

/** The DHCP server of a segment, when it has a pool; hosts with a MAC address get theirs. */
export function dhcpOf(gateway: PfSense, vlan: Vlan): XmlElement[] {
  const { ipv4 } = vlan;
  const [first, ...others] = vlan.pools.filter(pool => pool.use === 'dhcp');
  if (!ipv4 || !first) return [];
  const range = (pool: typeof first): XmlElement => [
    'range',
    [
      ['from', ipv4.address(pool.from)],
      ['to', ipv4.address(pool.to)],
    ],
  ];
  const known = vlan.hosts.filter(host => host.mac !== undefined);
  const statics = known.map(
    (host): XmlElement => [
      'staticmap',
      [
        ['mac', host.mac],
        ['ipaddr', ipv4.address(host.number)],
        ['hostname', host.name],
        ['descr', host.fqdn],
      ],
    ],
  );
  const content: XmlElement[] = [
    ['enable'],
    range(first),
    ['gateway', ipv4.address(vlan.gatewayNumber)],
    ['dnsserver', ipv4.address(vlan.gatewayNumber)],
    ['domain', vlan.domain],
    ...others.map((pool): XmlElement => ['pool', [range(pool)]]),
    ...statics,
  ];
  return [[gateway.interfaceOf(vlan), content]];
}

/** Unbound: it asks the site's own servers for the site's names, or knows them itself. */
export function resolver(gateway: PfSense): XmlElement[] {
  const { dns } = gateway;
  const interfaces = [...gateway.segments.map(vlan => gateway.interfaceOf(vlan)), 'lo0'].join(',');
  const answers = dns
    ? dns.zones().flatMap(zone =>
        dns.servers.map(
          (server): XmlElement => [
            'domainoverrides',
            [
              ['domain', zone.name],
              ['ip', server.ip],
              ['descr', server.fqdn],
            ],
          ],
        ),
      )
    : hostOverrides(gateway);
  return [
    ['enable'],
    ['dnssec'],
    ['active_interface', interfaces],
    ['outgoing_interface', 'all'],
    ['hideidentity'],
    ['hideversion'],
    ...answers,
  ];
}

function hostOverrides(gateway: PfSense): XmlElement[] {
  const all = Site.of(gateway).findAll();
  const aliases = all.filter(DnsAlias.isDnsAlias).sort((a, b) => (a.fqdn < b.fqdn ? -1 : 1));
  const vlans = all.filter(Vlan.isVlan).sort((a, b) => a.tag - b.tag);
  const named = new Map<Host, XmlElement[]>();
  for (const { target, fqdn } of aliases.filter(alias => !isWildcard(alias))) {
    const items = named.get(target) ?? [];
    items.push(['item', [...split(fqdn), ['description']]]);
    named.set(target, items);
  }
  const hosts = vlans.flatMap(vlan => vlan.hosts);
  return [
    ...wildcards(aliases.filter(isWildcard)),
    ...hosts.map((host): XmlElement => {
      const ips = host.addresses.map(address => address.ip).join(',');
      return ['hosts', [...split(host.fqdn), ['ip', ips], ['descr', host.vlan.name], ['aliases', named.get(host)]]];
    }),
  ];
}

/** A host override has no wildcard, so these go to Unbound as it is; pfSense keeps such options in base 64. */
function wildcards(aliases: readonly DnsAlias[]): XmlElement[] {
  if (aliases.length === 0) return [];
  const options = aliases.flatMap(({ fqdn, target }) => {
    const zone = `${fqdn.slice(2)}.`;
    return [
      `local-zone: "${zone}" redirect`,
      ...target.addresses.map(({ family, ip }) => `local-data: "${zone} ${family === 4 ? 'A' : 'AAAA'} ${ip}"`),
    ];
  });
  return [['custom_options', Buffer.from(['server:', ...options, ''].join('\n')).toString('base64')]];
}

function isWildcard(alias: DnsAlias): boolean {
  return alias.fqdn.startsWith('*.');
}

function split(fqdn: string): XmlElement[] {
  const dot = fqdn.indexOf('.');
  return [
    ['host', fqdn.slice(0, dot)],
    ['domain', fqdn.slice(dot + 1)],
  ];
}
