import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAddressed, isConnectable, isVlan, Ledger, Port, Site } from '@ashlar/core';
import { Internet, Vlan, Zone } from '../src';

const site = () => new Site('lab', { domain: 'lab.example.net' });

describe('a segment', () => {
  const vlan = new Vlan(site(), 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });

  it('has its first host as gateway, in both families', () => {
    expect(vlan.gateways).toEqual(['10.20.0.1', 'fd20:0:0:20::1']);
    expect(vlan.gateway).toBe('10.20.0.1');
  });

  it('is a Vlan and an end of flows to packages that know only the contracts', () => {
    expect(isVlan(vlan)).toBe(true);
    expect(isConnectable(vlan)).toBe(true);
    expect(vlan.connections.endpoint.addresses()).toEqual(['10.20.0.0/24', 'fd20:0:0:20::/64']);
  });

  it('is shown with tag, prefixes and gateway', () => {
    expect(vlan.depiction.facts).toEqual(['VLAN 20', '10.20.0.0/24', 'fd20:0:0:20::/64', 'gateway 10.20.0.1']);
  });

  it('may touch another without overlapping it', () => {
    const lab = site();
    new Vlan(lab, 'a', { tag: 1, ipv4: '10.0.0.0/25' });
    new Vlan(lab, 'c', { tag: 3, ipv4: '10.0.1.0/24' });
    expect(new Vlan(lab, 'b', { tag: 2, ipv4: '10.0.0.128/25' }).cidrs).toEqual(['10.0.0.128/25']);
  });

  it('may have the last host, or an IPv6 address, as gateway', () => {
    const lab = site();
    expect(new Vlan(lab, 'a', { tag: 1, ipv4: '10.0.0.0/24', gateway: '10.0.0.254' }).gatewayNumber).toBe(254);
    expect(new Vlan(lab, 'b', { tag: 2, ipv6: 'fd20::/64', gateway: 'fd20::fe' }).gateway).toBe('fd20::fe');
  });

  it.each([
    ['10.0.0.0/30', [1, 2]],
    ['10.0.0.0/31', [0, 1]],
    ['10.0.0.7/32', [0, 0]],
  ])('of %s has hosts %j', (ipv4, [first, last]) => {
    const small = new Vlan(site(), 'small', { tag: 1, ipv4 });
    expect([small.firstHost, small.lastHost]).toEqual([first, last]);
    expect(small.host('last', last).cidr).toBe(`${small.ipv4?.address(last as number)}/${ipv4.split('/')[1]}`);
  });

  it.each([
    ['fd20::/64', [1, Number.MAX_SAFE_INTEGER]],
    ['fd20::/126', [1, 3]],
    ['fd20::/127', [0, 1]],
    ['fd20::7/128', [0, 0]],
  ])('of %s has hosts %j', (ipv6, range) => {
    const small = new Vlan(site(), 'small', { tag: 1, ipv6 });
    expect([small.firstHost, small.lastHost]).toEqual(range);
  });

  it('has a domain of its own, or that of the site', () => {
    const lab = site();
    expect(new Vlan(lab, 'a', { tag: 1, ipv4: '10.0.0.0/24', domain: 'a.example.org' }).host('web', 9).fqdn).toBe('web.a.example.org');
    expect(new Vlan(lab, 'b', { tag: 2, ipv4: '10.0.1.0/24' }).host('web', 9).fqdn).toBe('web.lab.example.net');
  });
});

describe('a host', () => {
  const vlan = new Vlan(site(), 'servers', { tag: 20, ipv4: '10.20.0.0/23', ipv6: 'fd20:0:0:20::/64' });
  const host = vlan.host('web', 300);

  it('has the same number in both families', () => {
    expect(host.addresses.map(({ ip, prefixLength }) => `${ip}/${prefixLength}`)).toEqual(['10.20.1.44/23', 'fd20:0:0:20::12c/64']);
    expect(host.cidr).toBe('10.20.1.44/23');
  });

  it('is seen under its addresses alone', () => {
    expect(isAddressed(host)).toBe(true);
    expect(host.connections.endpoint.addresses()).toEqual(['10.20.1.44/32', 'fd20:0:0:20::12c/128']);
  });

  it('may be the gateway', () => {
    expect(vlan.host('gateway', 1).ip).toBe(vlan.gateway);
  });

  it('has its MAC address in lower case with colons', () => {
    expect(vlan.host('printer', { number: 40, mac: '02-00-5E-10-00-01' }).mac).toBe('02:00:5e:10:00:01');
  });
});

describe('a pool', () => {
  const vlan = new Vlan(site(), 'services', { tag: 30, ipv4: '10.30.0.0/24', ipv6: 'fd30::/64' });
  const pool = vlan.pool('load-balancers', { use: 'load-balancer', from: 50, to: 99 });

  it('is a range of addresses of each family', () => {
    expect(pool.ranges).toEqual([
      { family: 4, first: '10.30.0.50', last: '10.30.0.99' },
      { family: 6, first: 'fd30::32', last: 'fd30::63' },
    ]);
    expect(pool.size).toBe(50);
  });

  it('is covered by the fewest prefixes', () => {
    expect(pool.cidrs.slice(0, 5)).toEqual(['10.30.0.50/31', '10.30.0.52/30', '10.30.0.56/29', '10.30.0.64/27', '10.30.0.96/30']);
    expect(vlan.pool('half', { use: 'vip', from: 128, to: 159 }).cidrs).toEqual(['10.30.0.128/27', 'fd30::80/123']);
  });

  it('gives an address to a name', () => {
    expect(pool.host('shop', 50).ip).toBe('10.30.0.50');
  });

  it('may touch another, and a host', () => {
    vlan.host('before', 199);
    expect(vlan.pool('dhcp', { use: 'dhcp', from: 200, to: 254 }).size).toBe(55);
  });
});

describe('with a ledger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ashlar-network-'));
  const file = join(folder, 'ledger.json');

  function build(names: readonly string[], explicit: Record<string, number> = {}) {
    const lab = site();
    new Ledger(lab, 'ledger', { file });
    const vlan = new Vlan(lab, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
    vlan.pool('dhcp', { use: 'dhcp', from: 4, to: 9 });
    const lb = vlan.pool('lb', { use: 'load-balancer', from: 50, to: 51 });
    for (const [name, number] of Object.entries(explicit)) vlan.host(name, number);
    const hosts = Object.fromEntries(names.map(name => [name, vlan.host(name).number]));
    return { lab, vlan, lb, hosts };
  }

  it('numbers avoid the gateway, pools and explicit hosts, and adding a host renumbers nobody', () => {
    const first = build(['web', 'api', 'mail'], { fixed: 2 });
    expect(first.hosts).toEqual({ web: 3, api: 10, mail: 11 });
    first.lab.synth(join(folder, 'out'));
    expect(JSON.parse(readFileSync(file, 'utf8')).numbers).toEqual({ 'hosts of servers': { api: 10, mail: 11, web: 3 } });
    expect(build(['aaa', 'mail', 'web'], { fixed: 2 }).hosts).toEqual({ aaa: 12, mail: 11, web: 3 });
  });

  it('a pool has numbers of its own', () => {
    const { lb } = build([]);
    expect([lb.host('shop').number, lb.host('blog').number]).toEqual([50, 51]);
    expect(() => lb.host('wiki')).toThrow('[lab/servers/wiki] no number from 50 to 51 of hosts of servers/lb is left for wiki');
  });

  it('a number of the ledger that a pool has taken since is told', () => {
    writeFileSync(file, JSON.stringify({ numbers: { 'hosts of servers': { web: 5 } }, revisions: {} }));
    expect(() => build(['web'])).toThrow(
      '[lab/servers/web] number 5 (10.20.0.5) lies in the dhcp pool lab/servers/dhcp, 4 to 9; choose a number outside it (HOST_IN_POOL)',
    );
  });
});

describe('a zone and the Internet', () => {
  const lab = site();
  const a = new Vlan(lab, 'a', { tag: 1, ipv4: '10.0.1.0/24' });
  const b = new Vlan(lab, 'b', { tag: 2, ipv4: '10.0.2.0/24' });
  const zone = new Zone(lab, 'inside', { vlans: [a, b] });

  it('a zone is an end of flows with the prefixes of its segments', () => {
    expect(zone.connections.endpoint.addresses()).toEqual(['10.0.1.0/24', '10.0.2.0/24']);
    expect(Zone.find(a)).toBe(zone);
  });

  it('there is one Internet', () => {
    expect(Internet.of(a)).toBe(Internet.of(lab));
    Internet.of(lab).connections.allowFrom(a, Port.tcp(443));
    expect(a.connections.egress).toHaveLength(1);
  });
});
