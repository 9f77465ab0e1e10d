import { Port, pathOf, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Certificate, HaProxy, HealthCheck, type Host, TraefikFile, Vlan } from '../../src';

function lab() {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
  const [edge1, edge2, web, db] = ['edge1', 'edge2', 'web', 'db'].map((name, i) => servers.host(name, 11 + i)) as [Host, Host, Host, Host];
  return { site, servers, edge1, edge2, web, db };
}

const certificate = Certificate.stored('shop');

describe('flows of a proxy', () => {
  it('lead to everything that it passes requests to, and to the ports of the checks', () => {
    const { site, edge1, web, db } = lab();
    const lb = new HaProxy(site, 'lb', { hosts: [edge1] });
    lb.site('shop', {
      names: ['shop.example.net'],
      to: web,
      port: Port.tcp(8080),
      certificate,
      locations: [{ path: '/api', to: db, port: Port.tcp(9000) }],
    });
    lb.tcp('postgres', { to: [db], port: Port.tcp(5432), healthCheck: HealthCheck.http('/primary', { port: Port.tcp(8008) }) });
    expect(lb.connections.egress.map(({ to, port }) => `${pathOf(to)} ${port}`)).toEqual([
      'lab/servers/db 9000/tcp',
      'lab/servers/web 8080/tcp',
      'lab/servers/db 5432/tcp',
      'lab/servers/db 8008/tcp',
    ]);
  });

  it('lead from nobody, until somebody says so', () => {
    const { site, edge1, web } = lab();
    const edge = new TraefikFile(site, 'edge', { hosts: [edge1] });
    edge.site('shop', { names: ['shop.example.net'], to: web, port: Port.tcp(8080), certificate });
    expect([...edge.connections.ingress, ...edge1.connections.ingress]).toEqual([]);
  });

  it('come from every host, in both families', () => {
    const { site, edge1, edge2 } = lab();
    const lb = new HaProxy(site, 'lb', { hosts: [edge1, edge2] });
    expect(lb.connections.endpoint.addresses()).toEqual(['10.20.0.11/32', 'fd20:0:0:20::b/128', '10.20.0.12/32', 'fd20:0:0:20::c/128']);
  });
});

describe('the output of a proxy', () => {
  it('does not depend on the order in which its sites were declared', () => {
    const files = (order: readonly ('shop' | 'blog')[]) => {
      const { site, edge1, edge2, web, db } = lab();
      const edge = new TraefikFile(site, 'edge', { hosts: [edge1] });
      const lb = new HaProxy(site, 'lb', { hosts: [edge2] });
      const names = order.map(name => `${name}.example.net`);
      for (const proxy of [edge, lb]) {
        for (const id of order) proxy.site(id, { names: [`${id}.example.net`], to: web, port: Port.tcp(8080), certificate });
        proxy.site('both', { names: names.map(name => `www.${name}`), to: serversIn(order, web, db), port: Port.tcp(80), certificate });
      }
      return Testing.files(site);
    };
    expect(files(['blog', 'shop'])).toEqual(files(['shop', 'blog']));
  });

  it('speaks IPv6 with brackets, where that is the only family', () => {
    const site = new Site('lab', { domain: 'lab.example.net' });
    const modern = new Vlan(site, 'modern', { tag: 30, ipv6: 'fd20:0:0:30::/64' });
    const lb = new HaProxy(site, 'lb', {
      hosts: [modern.host('lb1', 11), modern.host('lb2', 12)],
      vip: { host: modern.host('vip', 50), interface: 'eth0' },
    });
    lb.tcp('postgres', { to: modern.host('db', 31), port: Port.tcp(5432) });
    const files = Testing.files(site);
    expect(files['devices/haproxy/lb/haproxy.cfg']).toContain('server modern-db [fd20:0:0:30::1f]:5432 check inter 5s fall 3 rise 2');
    expect(files['devices/keepalived/lb2/keepalived.conf']).toContain('        fd20:0:0:30::32/64\n');
    expect(files['devices/keepalived/lb2/keepalived.conf']).not.toContain('vrrp_sync_group');
  });
});

/** The servers of a site, in an order that follows that of the sites. */
function serversIn(order: readonly string[], web: Host, db: Host): readonly Host[] {
  return order[0] === 'shop' ? [web, db] : [db, web];
}
