import { Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { Internet, PortForward, Vlan, VyOs, Zone } from '../../src';
import { ADMINS } from '../vyos/vyos-lab';

/** A gateway between four segments; what is not routed is a segment of its own. */
function lab(change: { desk?: boolean } = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const home = new Vlan(site, 'home', { tag: 2, ipv4: '192.168.1.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  const six = new Vlan(site, 'six', { tag: 40, ipv6: 'fd20:0:0:40::/64' });
  const apart = new Vlan(site, 'apart', { tag: 50, ipv4: '10.50.0.0/24' });
  if (change.desk !== false) management.host('desk', 9);
  const gateway = new VyOs(site, 'gateway', {
    version: '1.5',
    wan: home.host('gateway', 2),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments: [servers, people, six],
    admins: ADMINS,
  });
  return { site, home, management, servers, people, six, apart, gateway, web: servers.host('web', 80), internet: Internet.of(site) };
}

type Lab = ReturnType<typeof lab>;

const HTTPS = Port.tcp(443);

it('what a gateway carries is in order', () => {
  const { site, web, people, servers, management, internet, home } = lab();
  web.connections.allowFrom(people, HTTPS);
  web.connections.allowFrom(internet, HTTPS);
  servers.connections.allowTo(internet, HTTPS);
  servers.connections.allowFrom(management, Port.tcp(22));
  home.host('nas', 20).connections.allowFrom(servers, Port.tcp(2049));
  home.connections.allowTo(internet, HTTPS);
  web.connections.allowFrom(servers, Port.tcp(9100));
  expect(Testing.findings(site)).toEqual([]);
});

describe('FLOW_NO_PATH refuses a flow', () => {
  const cases: readonly (readonly [string, (l: Lab) => void, string])[] = [
    [
      'to a segment that no gateway is on',
      l => l.apart.connections.allowFrom(l.people, HTTPS),
      'error [lab/apart] the flow lab/people to lab/apart on 443/tcp is carried by nothing: no gateway is on both lab/people and lab/apart; add the missing segment to a gateway, or give one end an address on the segment of the other (FLOW_NO_PATH)',
    ],
    [
      'between IPv4 and IPv6',
      l => l.six.connections.allowFrom(l.people, HTTPS),
      'error [lab/six] the flow lab/people to lab/six on 443/tcp is carried by nothing: the one end has IPv4 addresses only, the other IPv6 ones; give both ends addresses of one family (FLOW_NO_PATH)',
    ],
    [
      'to the Internet from where no gateway is',
      l => l.apart.connections.allowTo(l.internet, HTTPS),
      'error [lab/internet] the flow lab/apart to lab/internet on 443/tcp is carried by nothing: lab/apart has no gateway that leads to the Internet; add the segment to a gateway (FLOW_NO_PATH)',
    ],
    [
      'to the Internet from unique local addresses',
      l => l.six.connections.allowTo(l.internet, HTTPS),
      'error [lab/internet] the flow lab/six to lab/internet on 443/tcp is carried by nothing: IPv6 unique local addresses have no route back from the Internet; give the segment IPv4 addresses, or public IPv6 ones that the uplink carries (FLOW_NO_PATH)',
    ],
    [
      'from the Internet to where no gateway is',
      l => l.apart.host('web2', 9).connections.allowFrom(l.internet, HTTPS),
      'error [lab/apart/web2] the flow lab/internet to lab/apart/web2 on 443/tcp is carried by nothing: lab/apart has no gateway that leads to the Internet; add the segment to a gateway (FLOW_NO_PATH)',
    ],
    [
      'from the Internet by ping to a private address',
      l => l.people.host('door', 9).connections.allowFrom(l.internet, Port.icmp()),
      'error [lab/people/door] the flow lab/internet to lab/people/door on icmp is carried by nothing: a ping of the public address is answered by the gateway itself; allow the ping to the gateway instead (FLOW_NO_PATH)',
    ],
    [
      'from the Internet over IPv6 that the uplink does not have',
      l => l.six.host('web6', 9).connections.allowFrom(l.internet, HTTPS),
      'error [lab/six/web6] the flow lab/internet to lab/six/web6 on 443/tcp is carried by nothing: the uplink has no address of its family; give the host an address of a family that the uplink carries (FLOW_NO_PATH)',
    ],
  ];
  test.each(cases)('%s', (_, spoil, message) => {
    const model = lab();
    spoil(model);
    expect(Testing.findings(model.site)).toEqual([message]);
  });

  it('but not one within a segment that has no gateway', () => {
    const { site, apart } = lab();
    apart.host('a', 5).connections.allowFrom(apart.host('b', 6), HTTPS);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('FLOW_SHADOWED refuses a flow', () => {
  it('of a host that its segment has already', () => {
    const { site, web, people } = lab();
    web.connections.allowFrom(people, HTTPS);
    web.connections.allowFrom(people.host('desk-2', 9), HTTPS);
    expect(Testing.findings(site)).toEqual([
      'error [lab/servers/web] the flow lab/people/desk-2 to lab/servers/web on 443/tcp is part of lab/people to lab/servers/web on 443/tcp; remove it, or narrow the other one (FLOW_SHADOWED)',
    ]);
  });

  it('on a port of a range that is open', () => {
    const { site, web, people } = lab();
    web.connections.allowFrom(people, Port.range('tcp', 8000, 8100));
    web.connections.allowFrom(people, Port.tcp(8080));
    expect(Testing.findings(site)).toEqual([
      'error [lab/servers/web] the flow lab/people to lab/servers/web on 8080/tcp is part of lab/people to lab/servers/web on 8000-8100/tcp; remove it, or narrow the other one (FLOW_SHADOWED)',
    ]);
  });

  it('but not one of another protocol, or to more', () => {
    const { site, web, people, servers } = lab();
    web.connections.allowFrom(people, HTTPS);
    web.connections.allowFrom(people, Port.udp(443));
    servers.connections.allowFrom(people.host('desk-2', 9), HTTPS);
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('FLOW_FORWARD refuses', () => {
  it('one port of the uplink for two hosts', () => {
    const { site, web, servers, internet } = lab();
    web.connections.allowFrom(internet, HTTPS);
    servers.host('blog', 20).connections.allowFrom(internet, Port.range('tcp', 440, 450));
    expect(Testing.findings(site)).toEqual([
      'error [lab/gateway] 443/tcp of 192.168.1.2 is wanted for lab/internet to lab/servers/web, and is already forwarded for lab/internet to lab/servers/blog; let one reverse proxy take both, or use another port (FLOW_FORWARD)',
    ]);
  });

  it('a port for a whole segment', () => {
    const { site, people, internet } = lab();
    people.connections.allowFrom(internet, Port.tcp(22));
    expect(Testing.findings(site)).toEqual([
      'error [lab/gateway] lab/internet to lab/people on 22/tcp leads to all of 10.30.0.0/24, and a port is forwarded to one address; allow the flow to a host instead (FLOW_FORWARD)',
    ]);
  });

  it('but not the same number of another protocol, or of another address', () => {
    const { site, web, servers, internet, gateway, home } = lab();
    web.connections.allowFrom(internet, HTTPS);
    const blog = servers.host('blog', 20);
    blog.connections.allowFrom(internet, Port.udp(443));
    new PortForward(gateway, 'shop', { to: servers.host('shop', 21), port: HTTPS, address: home.host('public', 3) });
    expect(Testing.findings(site)).toEqual([]);
  });
});

it('ASYMMETRIC_ROUTE refuses a flow from the segment of the uplink, whose hosts have another router', () => {
  const { site, web, home } = lab();
  web.connections.allowFrom(home.host('sofa', 30), HTTPS);
  expect(Testing.findings(site)).toEqual([
    'error [lab/servers/web] lab/home/sofa is on lab/home, whose router is 192.168.1.1, and reaches lab/servers through lab/gateway only; forward a port to it and let the flow come from the Internet, or put both behind one gateway (ASYMMETRIC_ROUTE)',
  ]);
});

describe('MANAGEMENT_LOCKOUT refuses', () => {
  it('a gateway that is managed from where nobody can be', () => {
    expect(Testing.findings(lab({ desk: false }).site)).toEqual([
      "error [lab/gateway] is managed from lab/management alone, where nobody can be: it has neither a host nor a DHCP pool; write management.host('admin-desk'), or let another host in with connections.allowFrom(desk, Port.tcp(22)) (MANAGEMENT_LOCKOUT)",
    ]);
  });

  it('but not one that somebody else is let into', () => {
    const { site, gateway, people } = lab({ desk: false });
    gateway.connections.allowFrom(people.host('admin-desk', 9), Port.tcp(22));
    expect(Testing.findings(site)).toEqual([]);
  });
});

it('ZONE_UNROUTED refuses a zone of which a gateway joins a part', () => {
  const { site, people, apart } = lab();
  new Zone(site, 'office', { vlans: [people, apart] });
  expect(Testing.findings(site)).toEqual([
    'error [lab/office] lab/apart is not among the segments of lab/gateway, which joins the others of the zone; add it to the segments of the gateway, or take it out of the zone (ZONE_UNROUTED)',
  ]);
});

describe('ZONE_NAME refuses', () => {
  it('a zone with the name of a segment that is not in it', () => {
    const { site, people, six } = lab();
    new Zone(site, 'office', { vlans: [people] });
    new Zone(new Construct(site, 'more'), 'servers', { vlans: [six] });
    expect(Testing.findings(site)).toEqual([
      'error [lab/more/servers] is called servers by firewalls, and so is lab/servers; choose another id (ZONE_NAME)',
    ]);
  });

  it('but not one with the name of a segment in it', () => {
    const { site, people } = lab();
    new Zone(new Construct(site, 'more'), 'people', { vlans: [people] });
    expect(Testing.findings(site)).toEqual([]);
  });
});
