import { Port, Secret, Site } from '@ashlar/core';
import { BgpPeering, CommitArchive, DynamicUplink, PortForward, Vlan, VyOs, type VyOsProps, Zone } from '../../src';
import { ADMINS } from '../vyos/vyos-lab';

// biome-ignore lint/suspicious/noExplicitAny: what a caller without types may write
type Any = any;

function lab(change: Partial<Record<keyof VyOsProps, Any>> = {}) {
  const site = new Site('lab', { domain: 'lab.example.net' });
  const wan = new Vlan(site, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  const servers = new Vlan(site, 'servers', { tag: 20, ipv4: '10.20.0.0/24' });
  const people = new Vlan(site, 'people', { tag: 30, ipv4: '10.30.0.0/24' });
  const gateway = () => {
    const props = {
      version: '1.5',
      wan: wan.host('gateway', 2),
      wanInterface: 'eth0',
      lanInterface: 'eth1',
      management,
      segments: [servers],
      admins: ADMINS,
    };
    return new VyOs(site, 'gateway', { ...props, ...change } as VyOsProps);
  };
  return { site, wan, management, servers, people, gateway };
}

const speaking = lab;

describe('VyOs', () => {
  const first = lab();
  const cases: readonly (readonly [string, Partial<Record<keyof VyOsProps, Any>>, string])[] = [
    [
      'a release that is not known',
      { version: '1.3' },
      '[lab/gateway] version must be one of 1.4, 1.5, got "1.3"; write version: \'1.4\' (PROP_CHOICE)',
    ],
    ['no uplink', { wan: undefined }, "[lab/gateway] wan is missing; write wan: wan.host('gateway', 2) (PROP_MISSING)"],
    [
      'a port that is none',
      { wanInterface: 'vtnet0' },
      '[lab/gateway] wanInterface must be the name of an Ethernet interface, got "vtnet0"; write it like eth1 (PROP_FORMAT)',
    ],
    [
      'one port twice',
      { lanInterface: 'eth0' },
      '[lab/gateway] the network port eth0 is named twice; name each network port once (GATEWAY_INTERFACE)',
    ],
    [
      'too few ports',
      { lanInterface: ['eth1'] },
      '[lab/gateway] lanInterface names 1 ports for 2 segments; name one for each, that of the management segment first, or a single one that carries all (GATEWAY_INTERFACE)',
    ],
    [
      'nobody who may log in',
      { admins: [] },
      "[lab/gateway] admins is empty; write admins: [{ name: 'admin', sshKeys: ['ssh-ed25519 AAAA…'] }] (PROP_EMPTY)",
    ],
    [
      'a key that is none',
      { admins: [{ name: 'admin', sshKeys: ['secret'] }] },
      '[lab/gateway] admins.sshKeys must be public keys as in authorized_keys, got "secret"; write it like ssh-ed25519 AAAA… admin@example.net (PROP_FORMAT)',
    ],
    [
      'half of a key',
      { admins: [{ name: 'admin', sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5'] }] },
      '[lab/gateway] a key of admin is not whole, got "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMr5"; copy the line of the .pub file again (SSH_KEY)',
    ],
    [
      'an admin with capitals',
      { admins: [{ name: 'Admin', sshKeys: ADMINS[0]?.sshKeys }] },
      '[lab/gateway] admins.name must be up to 32 lower-case letters, digits and dashes, got "Admin"; write it like admin (PROP_FORMAT)',
    ],
    [
      'an AS number of 33 bits',
      { asn: 4_294_967_296 },
      '[lab/gateway] asn must be from 1 to 4294967294, got 4294967296; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a resolver by name',
      { nameServers: ['dns.example.net'] },
      '[lab/gateway] nameServers must be IP addresses, got "dns.example.net"; write it like 9.9.9.9 (PROP_FORMAT)',
    ],
    [
      'a misspelt property',
      { segment: [] } as Any,
      '[lab/gateway] there is no property segment; use one of version, wan, wanInterface, lanInterface, management, segments, admins, runsOn, dns, nameServers, timeServers, asn, flowCollector, commitArchive (PROP_UNKNOWN)',
    ],
  ];
  test.each(cases)('refuses %s', (_, change, message) => expect(lab(change).gateway).toThrow(message));

  it('refuses the address of the router that it is to route to', () => {
    const model = lab();
    expect(() => new VyOs(model.site, 'edge', { ...base(model, 9), wan: model.wan.host('router', 1) })).toThrow(
      '[lab/edge] wan lab/wan/router has 203.0.113.1, which is the gateway of lab/wan that it is to route to; give it another number (GATEWAY_WAN)',
    );
  });

  it('refuses a segment that it goes out by', () => {
    const model = lab();
    expect(() => new VyOs(model.site, 'edge', { ...base(model), segments: [model.wan] })).toThrow(
      '[lab/edge] lab/wan is named twice; name it once, as wan, management or one of segments (GATEWAY_SEGMENT)',
    );
  });

  it('refuses a segment that has a gateway', () => {
    const model = lab();
    model.gateway();
    const own = new Vlan(model.site, 'own', { tag: 99, ipv4: '10.99.0.0/24' });
    expect(() => new VyOs(model.site, 'edge', { ...base(model), management: own, segments: [model.servers] })).toThrow(
      '[lab/edge] lab/servers already has the gateway lab/gateway; route it by one of them (GATEWAY_SEGMENT)',
    );
  });

  function base({ wan, management }: typeof first, number = 3) {
    const props = { version: '1.5', wanInterface: 'eth0', lanInterface: 'eth1', segments: [], admins: ADMINS } as const;
    return { ...props, management, wan: wan.hosts[0] ?? wan.host('edge', number) };
  }
});

describe('PortForward', () => {
  const forward = (make: (model: ReturnType<typeof lab>, gateway: VyOs) => Any) => () => {
    const model = lab();
    const gateway = model.gateway();
    new PortForward(gateway, 'forward', make(model, gateway));
  };
  const cases: readonly (readonly [string, (model: ReturnType<typeof lab>, gateway: VyOs) => Any, string])[] = [
    [
      'a ping',
      ({ servers }) => ({ to: servers.host('web', 5), port: Port.icmp() }),
      '[lab/gateway/forward] icmp has no port to forward; write Port.tcp(443) (PORT_FORWARD_PORT)',
    ],
    [
      'another protocol',
      ({ servers }) => ({ to: servers.host('web', 5), port: Port.tcp(53), targetPort: Port.udp(53) }),
      '[lab/gateway/forward] 53/tcp cannot lead to 53/udp; use one protocol, and as many ports on either side (PORT_FORWARD_PORT)',
    ],
    [
      'a range to one port',
      ({ servers }) => ({ to: servers.host('web', 5), port: Port.range('tcp', 80, 90), targetPort: Port.tcp(80) }),
      '[lab/gateway/forward] 80-90/tcp cannot lead to 80/tcp; use one protocol, and as many ports on either side (PORT_FORWARD_PORT)',
    ],
    [
      'an address inside',
      ({ servers }) => ({ to: servers.host('web', 5), port: Port.tcp(80), address: servers.host('vip', 6) }),
      "[lab/gateway/forward] 10.20.0.6 is not on the uplink lab/wan; reserve it there: wan.host('vip') (PORT_FORWARD_ADDRESS)",
    ],
    [
      'a port without protocol',
      ({ servers }) => ({ to: servers.host('web', 5), port: 443 }),
      '[lab/gateway/forward] port must be a Port, got 443; write port: Port.tcp(443) (PROP_TYPE)',
    ],
  ];
  test.each(cases)('refuses %s', (_, props, message) => {
    expect(forward(props)).toThrow(message);
  });

  it('refuses an address of ours where the provider gives it', () => {
    const model = lab({ wan: DynamicUplink.dhcp() });
    const gateway = model.gateway();
    const props = { to: model.servers.host('web', 5), port: Port.tcp(80), address: model.wan.host('public', 6) };
    expect(() => new PortForward(gateway, 'forward', props)).toThrow(
      '[lab/gateway/forward] lab/gateway has an address that its provider gives, and no other, got "203.0.113.6"; leave address out (PORT_FORWARD_ADDRESS)',
    );
  });

  it('refuses one port twice', () => {
    const model = lab();
    const gateway = model.gateway();
    new PortForward(gateway, 'a', { to: model.servers.host('a', 5), port: Port.range('tcp', 80, 90) });
    expect(() => new PortForward(gateway, 'b', { to: model.servers.host('b', 6), port: Port.tcp(85) })).toThrow(
      '[lab/gateway/b] 85/tcp already leads elsewhere by lab/gateway/a; choose another port, or another address (PORT_FORWARD_TWICE)',
    );
  });
});

describe('BgpPeering', () => {
  const lab = (change = {}) => speaking({ asn: 64512, ...change });

  it('refuses a gateway without a number', () => {
    const model = lab({ asn: undefined });
    const gateway = model.gateway();
    expect(
      () => new BgpPeering(gateway, 'prod', { asn: 64513, neighbors: [model.servers.host('a', 5)], prefixes: ['10.60.0.0/24'] }),
    ).toThrow(
      '[lab/gateway/prod] lab/gateway speaks no BGP, having no autonomous system; give a VyOs gateway an asn, of the private ones such as 64512 (BGP_ASN)',
    );
  });

  it('refuses neighbors on two segments', () => {
    const model = lab({});
    const gateway = model.gateway();
    const neighbors = [model.servers.host('a', 5), model.management.host('b', 6)];
    expect(() => new BgpPeering(gateway, 'prod', { asn: 64513, neighbors, prefixes: ['10.60.0.0/24'] })).toThrow(
      '[lab/gateway/prod] lab/servers/a and lab/management/b are on two segments; write a peering for each segment (BGP_NEIGHBOR)',
    );
  });

  it('refuses neighbors on a segment that is not routed', () => {
    const model = lab();
    const gateway = model.gateway();
    expect(
      () => new BgpPeering(gateway, 'prod', { asn: 64513, neighbors: [model.people.host('a', 5)], prefixes: ['10.60.0.0/24'] }),
    ).toThrow(
      '[lab/gateway/prod] lab/people/a is on lab/people, which the gateway does not route; add it to the segments of lab/gateway (BGP_NEIGHBOR)',
    );
  });

  it('refuses a prefix that is a segment', () => {
    const model = lab();
    const gateway = model.gateway();
    expect(
      () => new BgpPeering(gateway, 'prod', { asn: 64513, neighbors: [model.servers.host('a', 5)], prefixes: ['10.20.0.128/25'] }),
    ).toThrow(
      '[lab/gateway/prod] 10.20.0.128/25 overlaps 10.20.0.0/24 of lab/servers; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    );
  });

  it('refuses a prefix with bits on its right', () => {
    const model = lab();
    const gateway = model.gateway();
    expect(
      () => new BgpPeering(gateway, 'prod', { asn: 64513, neighbors: [model.servers.host('a', 5)], prefixes: ['10.60.0.1/24'] }),
    ).toThrow('[lab/gateway/prod] prefixes has bits set right of its prefix, got "10.60.0.1/24"; write 10.60.0.0/24 (SUBNET_HOST_BITS)');
  });
});

describe('others', () => {
  it('a user name with spaces is none of PPPoE', () => {
    expect(() => DynamicUplink.pppoe({ user: 'a b', password: Secret.fromTerraformVariable('pppoe') })).toThrow(
      '[DynamicUplink.pppoe] user must be up to 128 characters without spaces, got "a b"; write it like customer@provider.example (PROP_FORMAT)',
    );
  });

  it('the archive of commits takes no password', () => {
    const { servers } = lab();
    expect(() => CommitArchive.sftp(servers.host('backup', 9), 'vyos:secret', '/srv')).toThrow(
      '[CommitArchive.sftp] user must be a user name, without a password, got "vyos:secret"; write it like vyos (PROP_FORMAT)',
    );
  });

  it('a zone has a name that firewalls take', () => {
    const { site, servers } = lab();
    expect(() => new Zone(site, 'My Zone', { vlans: [servers] })).toThrow(
      '[lab/My Zone] the name of a zone must be a DNS label: up to 63 lower-case letters, digits and dashes, got "My Zone"; write it like web-1 (PROP_FORMAT)',
    );
  });
});
