import { Port, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Construct } from 'constructs';
import { Internet, PfSense, Vlan, WireGuardInterface } from '../../src';
import { aliasName } from '../../src/pfsense/alias-name';
import { gateway, lab } from '../lab';
import { Nodes } from './pfsense-lab';

/** A gateway with one segment besides that of management. */
function withSegment(id: string, more: { ipv6?: string; pool?: boolean } = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const uplink = new Vlan(site, 'uplink', { tag: 2, ipv4: '203.0.113.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  management.host('desk', 9);
  const vlan = new Vlan(site, id, { tag: 20, ipv4: '10.20.0.0/24', ipv6: more.ipv6 });
  if (more.pool) vlan.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
  const wan = uplink.host('gateway', 2);
  const ports = { wanInterface: 'vtnet0', lanInterface: 'vtnet1' };
  const device = new PfSense(site, 'gateway', { wan, ...ports, management, segments: [vlan] });
  return { site, management, vlan, device };
}

describe('PFSENSE_ALIAS_NAME', () => {
  it('refuses two groups of one name', () => {
    const { site, vlan, management } = withSegment('servers');
    const hosts = [1, 2, 3, 4].map(n => vlan.host(`node-${n}`, 10 + n));
    new Nodes(site, 'blue-db', hosts.slice(0, 2)).connections.allowFrom(management, Port.tcp(5432));
    new Nodes(new Construct(site, 'blue'), 'db', hosts.slice(2)).connections.allowFrom(management, Port.tcp(5432));
    expect(Testing.findings(site)).toEqual([
      'error [lab/gateway] the alias BLUE_DB_V4 would stand for blue-db and for blue.db; rename one of them (PFSENSE_ALIAS_NAME)',
    ]);
  });

  it('takes two groups whose names differ', () => {
    const { site, vlan, management } = withSegment('servers');
    const hosts = [1, 2, 3, 4].map(n => vlan.host(`node-${n}`, 10 + n));
    new Nodes(site, 'blue-db', hosts.slice(0, 2)).connections.allowFrom(management, Port.tcp(5432));
    new Nodes(site, 'green-db', hosts.slice(2)).connections.allowFrom(management, Port.tcp(5432));
    expect(Testing.findings(site)).toEqual([]);
  });

  it('refuses the name of an interface', () => {
    const { site, vlan, management, device } = withSegment('this-gateway-v4');
    vlan.connections.allowFrom(management, Port.tcp(22));
    expect(device.interfaceOf(vlan)).toBe('opt20');
    expect(Testing.findings(site)).toEqual([
      'error [lab/gateway] the alias THIS_GATEWAY_V4 of this gateway has the name of the interface opt20; rename one of them (PFSENSE_ALIAS_NAME)',
    ]);
  });

  it('is far from names that are too long: they end in a hash', () => {
    expect(aliasName('a-very-long-cluster.with-a-very-long-name', 6)).toBe('A_VERY_LONG_CLUSTER_W_F73325_V6');
    expect(aliasName('a-very-long-cluster.with-a-very-long-namf', 6)).not.toBe(aliasName('a-very-long-cluster.with-a-very-long-name', 6));
  });
});

describe('PFSENSE_INTERFACE_NAME', () => {
  it.each([
    ['20', '20', 'is a number'],
    ['wan', 'WAN', 'is the name of the uplink'],
    ['l2tp', 'L2TP', 'is a word of pfSense'],
    ['lan--network', 'LAN__NETWORK', 'is a word of pfSense'],
  ])('refuses a segment called %s', (id, descr, why) => {
    expect(Testing.findings(withSegment(id).site)).toEqual([
      `error [lab/gateway] the interface of lab/${id} would be called ${descr}, which ${why}; give the VLAN another id (PFSENSE_INTERFACE_NAME)`,
    ]);
  });

  it('takes a name that begins with a number', () => {
    expect(Testing.findings(withSegment('20-servers').site)).toEqual([]);
  });
});

describe('PFSENSE_RA_PREFIX', () => {
  it('warns of a pool on a segment where hosts make no IPv6 address', () => {
    expect(Testing.findings(withSegment('people', { ipv6: '2001:db8:20::/56', pool: true }).site)).toEqual([
      'warning [lab/people] has a DHCP pool, so hosts come and go, and in 2001:db8:20::/56 they get no IPv6 address from lab/gateway; use a /64, such as 2001:db8:20::/64 (PFSENSE_RA_PREFIX)',
    ]);
  });

  it('does not without a pool: hosts have their addresses configured', () => {
    expect(Testing.findings(withSegment('servers', { ipv6: '2001:db8:20::/112' }).site)).toEqual([]);
  });

  it('does not for a /64', () => {
    expect(Testing.findings(withSegment('people', { ipv6: '2001:db8:20::/64', pool: true }).site)).toEqual([]);
  });
});

describe('PFSENSE_TUNNEL', () => {
  it('refuses a tunnel that ends on pfSense', () => {
    const { site, device } = withSegment('servers');
    new WireGuardInterface(device, 'wg0', {
      addresses: ['10.255.0.1/24'],
      privateKey: Secret.fromTerraformVariable('wg0'),
      publicKey: 'xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=',
    });
    expect(Testing.findings(site)).toEqual([
      'error [lab/gateway/wg0] ends on lab/gateway, and no tunnels are written for pfSense; end it on a host behind it, or on a VyOs gateway (PFSENSE_TUNNEL)',
    ]);
  });
});

describe('FLOW_FORWARD', () => {
  it('refuses one port for two hosts', () => {
    const model = lab();
    gateway(model);
    model.services.host('blog', 20).connections.allowFrom(Internet.of(model.site), Port.range('tcp', 440, 450));
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/gateway] 443/tcp of 203.0.113.2 is wanted for lab/internet to lab/services/web, and is already forwarded for lab/internet to lab/services/blog; let one reverse proxy take both, or use another port (FLOW_FORWARD)',
    ]);
  });

  it('refuses a port for a whole segment', () => {
    const model = lab();
    gateway(model);
    model.servers.connections.allowFrom(Internet.of(model.site), Port.tcp(22));
    expect(Testing.findings(model.site)).toEqual([
      'error [lab/gateway] lab/internet to lab/servers on 22/tcp leads to all of 10.20.0.0/24, and a port is forwarded to one address; allow the flow to a host instead (FLOW_FORWARD)',
    ]);
  });

  it('passes the same number of another protocol', () => {
    const model = lab();
    gateway(model);
    model.services.host('blog', 20).connections.allowFrom(Internet.of(model.site), Port.udp(443));
    expect(Testing.findings(model.site)).toEqual([]);
  });
});
