import { type Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DnsResolver, type DnsResolverProps, DnsZones, Internet, PfSense, PublicName, Vlan } from '../../src';
import { expectGolden } from '../golden';

const UPSTREAM = { name: 'dns.example.org', addresses: ['198.51.100.53', '2001:db8:0:53::1'] };

/** Name servers on one segment, the resolver on another with both families, people who ask it. */
function office() {
  const site = new Site('office', { domain: 'example.net' });
  const names = new Vlan(site, 'names', { tag: 10, ipv4: '10.10.0.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: '2001:db8:0:20::/64' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24', ipv6: '2001:db8:0:30::/64' });
  const [ns1, ns2] = [names.host('ns1', 5), servers.host('ns2', 6)];
  const dns = new DnsZones(site, 'dns', { primary: ns1, domains: ['example.org'] });
  return { site, names, servers, people, ns1, ns2, dns };
}

type Office = ReturnType<typeof office>;

/** With something else in place of a property. */
function resolver({ site, servers, people, dns }: Office, change: Partial<Record<keyof DnsResolverProps | 'forwarders', unknown>> = {}) {
  const host = change.host ?? servers.host('resolver', 53);
  const props = { clients: [people, servers], dns, upstreams: [UPSTREAM], ...change, host };
  return new DnsResolver(site, 'resolver', props as DnsResolverProps);
}

describe('a resolver', () => {
  it('has a whole configuration: the zones of the site from its servers, the rest over TLS', () => {
    const model = office();
    resolver(model);
    expectGolden('dns/unbound.conf', Testing.files(model.site)['devices/unbound/resolver/unbound.conf']);
  });

  it('without IPv6 speaks none', () => {
    const model = office();
    const host = model.names.host('resolver', 53);
    resolver(model, { host, clients: [model.names], upstreams: [{ ...UPSTREAM, addresses: ['198.51.100.53'] }] });
    const text = Testing.files(model.site)['devices/unbound/resolver/unbound.conf'] as string;
    expect(text).toContain('    interface: 127.0.0.1\n    interface: 10.10.0.53\n    do-ip6: no\n    access-control: 0.0.0.0/0 refuse\n');
    expect(text).not.toMatch(/^ +(interface|access-control|stub-addr|forward-addr): .*::/m);
  });

  it('says which flows it needs: from who asks it, to the servers, and to the Internet over TLS alone', () => {
    const model = office();
    const { host } = resolver(model);
    const told = (flows: readonly { from: { node: { id: string } }; to: { node: { id: string } }; port: Port }[]) =>
      flows.map(({ from, to, port }) => `${from.node.id} ${to.node.id} ${port}`);
    expect(told(host.connections.ingress)).toEqual([
      'people resolver 53/tcp',
      'servers resolver 53/tcp',
      'people resolver 53/udp',
      'servers resolver 53/udp',
    ]);
    expect(told(host.connections.egress)).toEqual(['resolver ns1 53/tcp', 'resolver ns1 53/udp', 'resolver internet 853/tcp']);
  });

  it('asks Quad9 over TLS, unless told otherwise, and needs no zones of ours', () => {
    const site = new Site('office', { domain: 'example.net' });
    const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
    new DnsResolver(site, 'resolver', { host: servers.host('resolver', 53) });
    const text = Testing.files(site)['devices/unbound/resolver/unbound.conf'] as string;
    expect(text).toContain('    private-domain: "example.net."\n\nremote-control:');
    expect(text.slice(text.indexOf('forward-zone:'))).toBe(`forward-zone:
    name: "."
    forward-tls-upstream: yes
    forward-addr: 9.9.9.9@853#dns.quad9.net
    forward-addr: 149.112.112.112@853#dns.quad9.net
`);
    expect(text).not.toMatch(/stub-zone|domain-insecure/);
  });

  it('without upstreams asks from the root on, in the clear', () => {
    const model = office();
    const { host } = resolver(model, { upstreams: [] });
    const text = Testing.files(model.site)['devices/unbound/resolver/unbound.conf'];
    expect(text).toContain('stub-zone:\n    name: "example.net."\n');
    expect(text).not.toMatch(/forward|tls/);
    const outside = host.connections.egress.filter(({ to }) => Internet.isInternet(to)).map(({ port }) => String(port));
    expect(outside).toEqual(['53/tcp', '53/udp']);
  });

  it('answers every segment of a site without gateways, whenever it was declared', () => {
    const model = office();
    const { host } = resolver(model, { clients: undefined });
    new Vlan(model.site, 'late', { tag: 5, ipv4: '10.5.0.0/24' });
    const text = Testing.files(model.site)['devices/unbound/resolver/unbound.conf'] as string;
    const allowed = [...text.matchAll(/access-control: (10\.\S+) allow/g)].map(([, prefix]) => prefix);
    expect(allowed).toEqual(['10.5.0.0/24', '10.10.0.0/24', '10.20.0.0/24', '10.30.0.0/24']);
    const asking = host.connections.ingress.filter(({ port }) => String(port) === '53/udp').map(({ from }) => from.node.id);
    expect(asking.sort()).toEqual(['late', 'names', 'people', 'servers']);
  });

  it('answers the segments that a gateway joins with its own: neither the uplink, nor one that nobody routes', () => {
    const model = office();
    const { site, names, servers, people, dns } = model;
    const { clients } = resolver(model, { clients: undefined });
    expect(clients.map(({ name }) => name)).toEqual(['names', 'servers', 'people']);
    const wan = new Vlan(site, 'uplink', { tag: 2, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:2::/64' });
    const management = new Vlan(site, 'management', { tag: 3, ipv4: '10.3.0.0/24' });
    management.host('desk', 9);
    new Vlan(site, 'replication', { tag: 70, ipv4: '10.70.0.0/24' });
    const ports = { wan: wan.host('gateway', 2), wanInterface: 'vtnet0', lanInterface: 'vtnet1' };
    new PfSense(site, 'gateway', { ...ports, management, segments: [names, servers, people], dns });
    expect(Testing.findings(site)).toEqual([]);
    const text = Testing.files(site)['devices/unbound/resolver/unbound.conf'] as string;
    const allowed = [...text.matchAll(/access-control: (\S+\.\S+) allow/g)].map(([, prefix]) => prefix);
    expect(allowed).toEqual(['127.0.0.0/8', '10.3.0.0/24', '10.10.0.0/24', '10.20.0.0/24', '10.30.0.0/24']);
  });

  it('validates what is signed and public, and takes the word of the servers for the rest', () => {
    const site = new Site('office', { domain: 'lab.example.net' });
    const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
    const [primary, host] = [servers.host('ns1', 5), servers.host('resolver', 53)];
    new PublicName(site, 'ns', { name: primary.fqdn, addresses: ['203.0.113.53'] });
    const dns = new DnsZones(site, 'dns', { primary, domains: ['example.org'], external: { domains: ['example.net'] }, dnssec: true });
    new DnsResolver(site, 'resolver', { host, dns });
    const text = Testing.files(site)['devices/unbound/resolver/unbound.conf'] as string;
    const lines = (option: string) => [...text.matchAll(new RegExp(`${option}: "(\\S+)\\."`, 'g'))].map(([, name]) => name);
    expect(lines('domain-insecure')).toEqual(['example.org', '0.20.10.in-addr.arpa']);
    expect(lines('private-domain')).toEqual(['example.org', 'example.net']);
  });

  it('fits behind a gateway', () => {
    const model = office();
    const { site, names, servers, people, dns } = model;
    resolver(model);
    const wan = new Vlan(site, 'uplink', { tag: 2, ipv4: '203.0.113.0/24', ipv6: '2001:db8:0:2::/64' });
    const management = new Vlan(site, 'management', { tag: 3, ipv4: '10.3.0.0/24' });
    management.host('desk', 9);
    const ports = { wan: wan.host('gateway', 2), wanInterface: 'vtnet0', lanInterface: 'vtnet1' };
    new PfSense(site, 'gateway', { ...ports, management, segments: [names, servers, people], dns });
    expect(Testing.findings(site)).toEqual([]);
  });
});

describe('a resolver refuses', () => {
  const cases: readonly (readonly [string, (model: Office) => unknown, string])[] = [
    [
      'the host of a name server',
      model => resolver(model, { host: model.ns1 }),
      '[office/resolver] port 53 of office/names/ns1 is already that of office/dns; choose another host, so that each answers at an address of its own (DNS_PORT_TAKEN)',
    ],
    [
      'a private upstream',
      model => resolver(model, { upstreams: [{ name: 'dns.example.org', addresses: ['10.0.0.53'] }] }),
      '[office/resolver] dns.example.org is asked over the Internet, at public addresses, got "10.0.0.53"; write it like 198.51.100.53 (DNS_UPSTREAM)',
    ],
    [
      'an upstream of a family that its host has not',
      model => resolver(model, { host: model.names.host('resolver', 53) }),
      '[office/resolver] office/names/resolver has no IPv6 address to ask dns.example.org from, got "2001:db8:0:53::1"; leave it out, or give office/names an IPv6 prefix (DNS_UPSTREAM)',
    ],
    [
      'an upstream twice',
      model => resolver(model, { upstreams: [UPSTREAM, UPSTREAM] }),
      '[office/resolver] an upstream is named twice, got "198.51.100.53"; name it once (DNS_UPSTREAM)',
    ],
    [
      'an upstream without the name in its certificate',
      model => resolver(model, { upstreams: [{ addresses: ['198.51.100.53'] }] }),
      '[office/resolver] upstreams.name is missing; write upstreams.name: "dns.example.org" (PROP_MISSING)',
    ],
    [
      'an upstream that is no address',
      model => resolver(model, { upstreams: [{ name: 'dns.example.org', addresses: ['198.51.100.353'] }] }),
      '[office/resolver] dns.example.org is asked over the Internet, at public addresses, got "198.51.100.353"; write it like 198.51.100.53 (DNS_UPSTREAM)',
    ],
    [
      'an upstream on the device itself',
      model => resolver(model, { upstreams: [{ name: 'dns.example.org', addresses: ['127.0.0.1'] }] }),
      '[office/resolver] dns.example.org is asked over the Internet, at public addresses, got "127.0.0.1"; write it like 198.51.100.53 (DNS_UPSTREAM)',
    ],
    [
      'an upstream without addresses',
      model => resolver(model, { upstreams: [{ name: 'dns.example.org', addresses: [] }] }),
      "[office/resolver] upstreams.addresses is empty; write upstreams.addresses: ['198.51.100.53'] (PROP_EMPTY)",
    ],
    [
      'a name in place of upstreams',
      model => resolver(model, { upstreams: 'dns.example.org' }),
      "[office/resolver] upstreams must be a list, got \"dns.example.org\"; write upstreams: [{ name: 'dns.example.org', addresses: ['198.51.100.53'] }] (PROP_TYPE)",
    ],
    [
      'a name in place of its host',
      model => resolver(model, { host: 'resolver' }),
      '[office/resolver] host must be a Host, got "resolver"; write host: servers.host(\'resolver\', 6) (PROP_TYPE)',
    ],
    [
      'a list without a segment',
      model => resolver(model, { clients: [] }),
      '[office/resolver] clients is empty; write clients: [people] (PROP_EMPTY)',
    ],
    [
      'the public resolvers, from a host that speaks IPv6 alone',
      model => {
        const modern = new Vlan(model.site, 'modern', { tag: 66, ipv6: '2001:db8:0:66::/64' });
        return new DnsResolver(model.site, 'resolver', { host: modern.host('resolver', 53) });
      },
      '[office/resolver] office/modern/resolver has no IPv4 address to ask dns.quad9.net from, got "9.9.9.9"; leave it out, or give office/modern an IPv4 prefix (DNS_UPSTREAM)',
    ],
    [
      'clients that are no segment',
      model => resolver(model, { clients: [Internet.of(model.site)] }),
      '[office/resolver] clients must be a Vlan, got a Internet; write clients: [people] (PROP_TYPE)',
    ],
    [
      'a misspelt property',
      model => resolver(model, { forwarders: [] }),
      '[office/resolver] there is no property forwarders; use one of host, clients, dns, upstreams (PROP_UNKNOWN)',
    ],
    [
      'a host without a family of the name servers',
      model => {
        const modern = new Vlan(model.site, 'modern', { tag: 66, ipv6: '2001:db8:0:66::/64' });
        return resolver(model, { host: modern.host('resolver', 53), upstreams: [{ ...UPSTREAM, addresses: ['2001:db8:0:53::1'] }] });
      },
      '[office/resolver] office/modern/resolver has no address of a family in which office/dns is served; put it on a segment that has one, or give the segment of a name server both families (DNS_RESOLVER_FAMILY)',
    ],
  ];
  test.each(cases)('%s', (_, act, message) => expect(() => act(office())).toThrow(new Error(message)));
});

it('a host that has a resolver becomes no name server', () => {
  const site = new Site('office', { domain: 'example.net' });
  const host = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' }).host('both', 53);
  new DnsResolver(site, 'resolver', { host });
  expect(() => new DnsZones(site, 'dns', { primary: host })).toThrow(
    new Error(
      '[office/dns] port 53 of office/servers/both is already that of office/resolver; choose another host, so that each answers at an address of its own (DNS_PORT_TAKEN)',
    ),
  );
});

it('a host has one resolver', () => {
  const site = new Site('office', { domain: 'example.net' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const ns1 = servers.host('ns1', 5);
  const other = new Vlan(site, 'other', { tag: 21, ipv4: '10.21.0.0/24' });
  const dns = new DnsZones(site, 'dns', { primary: ns1 });
  const upstreams = [{ name: 'dns.example.org', addresses: ['198.51.100.53'] }];
  const host = servers.host('resolver', 53);
  new DnsResolver(site, 'a', { host, clients: [other], dns, upstreams });
  expect(() => new DnsResolver(site, 'b', { host, clients: [servers], dns, upstreams })).toThrow(
    new Error(
      '[office/b] port 53 of office/servers/resolver is already that of office/a; choose another host, so that each answers at an address of its own (DNS_PORT_TAKEN)',
    ),
  );
});
