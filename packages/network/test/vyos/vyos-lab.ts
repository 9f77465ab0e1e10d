import { Port, Secret, Site } from '@ashlar/core';
import { DnsAlias } from '../../src/dns/dns-alias';
import { DnsZones } from '../../src/dns/dns-zones';
import { BgpPeering } from '../../src/gateway/bgp-peering';
import { DynamicUplink } from '../../src/gateway/dynamic-uplink';
import { PortForward } from '../../src/gateway/port-forward';
import { Internet } from '../../src/segments/internet';
import { Vlan } from '../../src/segments/vlan';
import { Zone } from '../../src/segments/zone';
import { CommitArchive } from '../../src/vyos/commit-archive';
import { VyOs, type VyOsProps } from '../../src/vyos/vyos';

export const ADMINS = [
  { name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5+QaxapHLAWDFCr2si9bbmig/qXUfmAHvmRVUtGqK admin@example.net'] },
];

/** A gateway that uses everything. */
export function vyosLab(version: VyOsProps['version']) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const home = new Vlan(site, 'home', { tag: 2, ipv4: '192.168.1.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24', ipv6: '2001:db8:0:10::/64' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: '2001:db8:0:20::/64' });
  const storage = new Vlan(site, 'storage', { tag: 30, ipv4: '10.30.0.0/24' });
  const backup = new Vlan(site, 'backup', { tag: 31, ipv4: '10.31.0.0/24' });
  const people = new Vlan(site, 'people', { tag: 40, ipv4: '10.40.0.0/24' });
  management.host('desk', 9);
  people.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  people.host('printer', { number: 20, mac: '02:00:5e:10:00:20' });
  const nas = storage.host('nas', 5);
  const web = servers.host('web', 80);
  const nodes = [1, 2, 3].map(n => servers.host(`node-${n}`, 10 + n));
  new DnsAlias(site, 'www', { target: web });
  new Zone(site, 'data', { vlans: [storage, backup] });
  const dns = new DnsZones(site, 'dns', { primary: servers.host('ns1', 2), secondaries: [storage.host('ns2', 2)] });
  const gateway = new VyOs(site, 'gateway', {
    version,
    wan: home.host('gateway', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments: [servers, storage, backup, people],
    admins: ADMINS,
    dns,
    asn: 64512,
    flowCollector: servers.host('flows', 30),
    commitArchive: CommitArchive.sftp(nas, 'vyos', '/srv/vyos'),
  });
  const services = new BgpPeering(gateway, 'prod', {
    asn: 64513,
    neighbors: nodes,
    prefixes: ['10.60.0.0/24'],
    password: Secret.fromTerraformVariable('bgp'),
  });
  services.connections.allowFrom(people, Port.tcp(443));
  servers.connections.allowTo(Internet.of(site), Port.tcp(443));
  servers.connections.allowFrom(management, Port.tcp(22));
  nas.connections.allowFrom(servers, Port.tcp(2049));
  web.connections.allowFrom(people, Port.tcp(443));
  web.connections.allowFrom(Internet.of(site), Port.tcp(443));
  new PortForward(gateway, 'game', {
    to: nodes[0] as (typeof nodes)[number],
    address: home.host('public', 3),
    port: Port.range('udp', 27_000, 27_010),
    targetPort: Port.range('udp', 7000, 7010),
  });
  return { site, home, management, servers, storage, backup, people, web, nas, gateway, services };
}

/** A gateway whose provider gives it an address over PPPoE, and which answers for names itself. */
export function pppoeLab(version: VyOsProps['version']) {
  const site = new Site('flat', { domain: 'flat.example.net' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  management.host('desk', 9);
  const people = new Vlan(site, 'people', { tag: 40, ipv4: '10.40.0.0/24', ipv6: 'fd40::/64' });
  const door = people.host('door', 7);
  new DnsAlias(site, 'home', { target: door });
  const password = Secret.fromTerraformVariable('pppoe');
  const gateway = new VyOs(site, 'router', {
    version,
    wan: DynamicUplink.pppoe({ user: 'customer@provider.example', password }),
    wanInterface: 'eth0',
    lanInterface: ['eth1', 'eth2'],
    management,
    segments: [people],
    admins: ADMINS,
  });
  people.connections.allowTo(Internet.of(site), Port.tcp(443));
  door.connections.allowFrom(Internet.of(site), Port.tcp(8443));
  return { site, gateway };
}
