import { Port, Site } from '@ashlar/core';
import { DnsAlias, DnsService, DnsZones, Internet, PfSense, Vlan, Zone } from '../src';

/** The environment of the golden files. */
export function lab(id = 'lab') {
  const site = new Site(id, { domain: 'cloud.example.net' });
  const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const services = new Vlan(site, 'services', { tag: 30, ipv4: '10.30.0.0/23' });
  const storage = new Vlan(site, 'storage', { tag: 40, ipv4: '10.40.0.8/31', ipv6: 'fd20:0:0:40::/127', domain: 'storage.example.org' });
  management.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  const ns1 = servers.host('ns1', 5);
  const ns2 = management.host('ns2', { number: 6, mac: '02:00:5e:10:00:06' });
  const web = services.pool('load-balancers', { use: 'load-balancer', from: 50, to: 99 }).host('web', 50);
  storage.host('disk-0', 0);
  storage.host('disk-1', 1);
  new DnsAlias(site, 'www', { target: web });
  new DnsAlias(site, 'apps', { target: web, name: '*.apps' });
  new DnsService(site, 'ldap', { port: Port.tcp(389), targets: [ns1, ns2] });
  new Zone(site, 'inside', { vlans: [services, storage] });

  servers.connections.allowTo(Internet.of(site), Port.tcp(443));
  servers.connections.allowFrom(management, Port.tcp(22));
  web.connections.allowFrom(Internet.of(site), Port.tcp(443));
  web.connections.allowFrom(servers, Port.icmp());
  services.connections.allowFrom(services, Port.tcp(1234));
  return { site, wan, management, servers, services, storage, ns1, ns2, web };
}

export type Lab = ReturnType<typeof lab>;

export function dns({ site, ns1, ns2 }: Lab): DnsZones {
  return new DnsZones(site, 'dns', { primary: ns1, secondaries: [ns2] });
}

export function gateway({ site, wan, management, servers, services, storage }: Lab, zones?: DnsZones): PfSense {
  return new PfSense(site, 'gateway', {
    wan: wan.host('gateway', 2),
    wanInterface: 'vtnet0',
    lanInterface: 'vtnet1',
    management,
    segments: [storage, services, servers],
    dns: zones,
  });
}
