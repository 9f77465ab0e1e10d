import { Connections, type IConnectable, Port, Secret, Site } from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsAlias, DynamicUplink, type Host, Internet, PfSense, PortForward, Vlan, Zone } from '../../src';

/** Hosts that are one end of a flow, as the nodes of a cluster are. */
export class Nodes extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, hosts: readonly Host[]) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => hosts.flatMap(host => host.connections.endpoint.addresses()) });
  }
}

/** A gateway that uses everything: both families, groups of several prefixes, published ports, pools. */
export function pfsenseLab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const wan = new Vlan(site, 'uplink', { tag: 2, ipv4: '203.0.113.0/28', ipv6: '2001:db8:0:2::/64' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24', ipv6: '2001:db8:0:10::/64' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: '2001:db8:0:20::/64' });
  const storage = new Vlan(site, 'storage', { tag: 30, ipv4: '10.30.0.0/24' });
  const backup = new Vlan(site, 'backup', { tag: 31, ipv4: '10.31.0.0/24' });
  const people = new Vlan(site, 'people', { tag: 40, ipv4: '10.40.0.0/24', ipv6: '2001:db8:0:40::/64' });
  management.host('desk', 9);
  people.pool('low', { use: 'dhcp', from: 100, to: 149 });
  people.pool('high', { use: 'dhcp', from: 200, to: 239 });
  people.host('printer', { number: 20, mac: '02:00:5e:10:00:20' });
  const nas = storage.host('nas', 5);
  const web = servers.host('web', 80);
  const game = servers.host('game', 50);
  new DnsAlias(site, 'www', { target: web });
  new DnsAlias(site, 'apps', { target: web, name: '*.apps' });
  const data = new Zone(site, 'data', { vlans: [storage, backup] });
  const gateway = new PfSense(site, 'gateway', {
    wan: wan.host('gateway', 2),
    wanInterface: 'vtnet0',
    lanInterface: 'vtnet1',
    management,
    segments: [people, servers, storage, backup],
  });
  const internet = Internet.of(site);
  const nodes = new Nodes(site, 'nodes', [servers.host('node-1', 11), servers.host('node-2', 12)]);
  nodes.connections.allowFrom(people, Port.tcp(8443));
  people.connections.allowTo(internet, Port.tcp(443));
  data.connections.allowFrom(servers, Port.tcp(2049));
  web.connections.allowFrom(people, Port.tcp(443));
  web.connections.allowFrom(internet, Port.tcp(443));
  nas.connections.allowFrom(management, Port.range('sctp', 3260, 3261));
  gateway.connections.allowFrom(wan.host('monitor', 9), Port.icmp());
  new PortForward(gateway, 'game', {
    to: game,
    address: wan.host('public', 3),
    port: Port.range('udp', 27_000, 27_010),
    targetPort: Port.range('udp', 7000, 7010),
  });
  return { site, gateway, wan, management, servers, storage, backup, people, web, game, nas };
}

/** A gateway whose provider gives it an address, with a network port for each segment. */
export function homeLab(wan: DynamicUplink) {
  const site = new Site('home', { domain: 'home.example.net' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
  const people = new Vlan(site, 'people', { tag: 40, ipv4: '192.168.40.0/24', ipv6: 'fd40::/64' });
  management.host('desk', 9);
  people.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  const door = people.host('door', 7);
  const gateway = new PfSense(site, 'router', {
    wan,
    wanInterface: 'igc0',
    lanInterface: ['igc1', 'igc2'],
    management,
    segments: [people],
  });
  people.connections.allowTo(Internet.of(site), Port.tcp(443));
  door.connections.allowFrom(Internet.of(site), Port.tcp(8443));
  return { site, gateway, people };
}

export const PPPOE = () => DynamicUplink.pppoe({ user: 'customer@provider.example', password: Secret.fromOpenBao('kv/network', 'pppoe') });
