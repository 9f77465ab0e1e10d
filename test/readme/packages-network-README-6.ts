




import { Port, Site } from '@ashlar/core';
import { DnsAlias, DnsZones, Internet, PfSense, Vlan } from '@ashlar/network';

const site = new Site('lab', { domain: 'lab.example.net' });
const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/24', gateway: '203.0.113.1' });
const management = new Vlan(site, 'management', { tag: 10, ipv4: '192.168.1.0/24' });
const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
const services = new Vlan(site, 'services', { tag: 30, ipv4: '10.30.0.0/24' });

management.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
management.host('printer', { number: 20, mac: '02:00:5e:10:00:20' });
const loadBalancers = services.pool('load-balancers', { use: 'load-balancer', from: 50, to: 99 });
const shop = loadBalancers.host('shop', 50);
new DnsAlias(site, 'www', { target: shop });

servers.connections.allowFrom(management, Port.tcp(22));
servers.connections.allowTo(Internet.of(site), Port.tcp(443));
shop.connections.allowFrom(Internet.of(site), Port.tcp(443));

const dns = new DnsZones(site, 'dns', { primary: servers.host('ns1', 5), secondaries: [management.host('ns2', 5)] });
new PfSense(site, 'gateway', {
  wan: wan.host('gateway', 2),
  wanInterface: 'vtnet0',
  lanInterface: 'vtnet1',
  management,
  segments: [servers, services],
  dns,
});

console.log(site.render().output.read('devices/bind/ns1/zones/lab.example.net.zone'));
export {};
