import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Ledger, Port, Secret, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { DynamicUplink, Internet, PolicyRoute, Vlan, VyOs, WireGuardInterface } from '../../src';
import { expectGolden } from '../golden';
import { ADMINS } from '../vyos/vyos-lab';
import { GATEWAY, LAPTOP, OFFICE, PHONE, TRANSIT } from './keys';

const secret = (name: string) => Secret.fromOpenBao('kv/wireguard', name);

function base(id = 'hosting') {
  const site = new Site(id, { domain: 'hosting.example.net' });
  new Ledger(site, 'ledger', { file: join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json') });
  const management = new Vlan(site, 'management', { tag: 10, ipv4: '10.10.0.0/24' });
  management.host('desk', 9);
  const dmz = new Vlan(site, 'dmz', { tag: 20, ipv4: '203.0.113.32/27' });
  return { site, management, dmz };
}

/** A router behind an address that changes, a /27 that a provider routes to it, an office, and people on the road. */
function vyos(version: '1.4' | '1.5' = '1.5') {
  const { site, management, dmz } = base();
  const gateway = new VyOs(site, 'router', {
    version,
    wan: DynamicUplink.dhcp(),
    wanInterface: 'eth0',
    lanInterface: 'eth1',
    management,
    segments: [dmz],
    admins: ADMINS,
  });
  const wg0 = new WireGuardInterface(gateway, 'wg0', {
    addresses: ['10.255.0.2/30'],
    privateKey: secret('wg0'),
    publicKey: GATEWAY,
  });
  wg0.peer('transit', {
    publicKey: TRANSIT,
    endpoint: { host: '198.51.100.1' },
    allowedIps: ['0.0.0.0/0'],
    presharedKey: secret('transit'),
    routed: [dmz],
  });
  const wg1 = new WireGuardInterface(gateway, 'wg1', {
    addresses: ['10.254.0.1/24', 'fd54::1/64'],
    listenPort: 51_821,
    endpoint: { host: 'vpn.example.net' },
    privateKey: secret('wg1'),
    publicKey: OFFICE,
  });
  const office = wg1.peer('office', {
    publicKey: PHONE,
    endpoint: { host: 'office.example.org', port: 51_900 },
    allowedIps: ['192.168.50.0/24'],
    persistentKeepalive: Duration.seconds(15),
  });
  const laptop = wg1.roaming('laptop', { publicKey: LAPTOP, dns: ['10.10.0.1'] });
  const web = dmz.host('web', 2);
  web.connections.allowFrom(Internet.of(site), Port.tcp(443));
  dmz.connections.allowTo(Internet.of(site), Port.tcp(443));
  web.connections.allowFrom(laptop, Port.tcp(22));
  web.connections.allowFrom(office, Port.tcp(22));
  laptop.connections.allowFrom(office, Port.tcp(445));
  gateway.connections.allowFrom(laptop, Port.tcp(22));
  return { site, gateway, wg1, office };
}

describe.each(['1.4', '1.5'] as const)('on VyOS %s', version => {
  it('a routed /27, an office and a laptop', () => {
    expectGolden(`wireguard/vyos-${version}.boot`, Testing.files(vyos(version).site)['devices/vyos/router/config.boot']);
  });
});

it('keys are added on the device, and a peer with a name is asked for again', () => {
  const files = Testing.files(vyos().site);
  expectGolden('wireguard/apply.sh', files['devices/vyos/router/apply.sh']);
  expectGolden('wireguard/wireguard-endpoints.sh', files['devices/vyos/router/wireguard-endpoints.sh']);
});

it('who is on the road gets a file with its address, and what is for the site', () => {
  expectGolden('wireguard/laptop.conf', Testing.files(vyos().site)['devices/wireguard/router/peers/laptop.conf']);
});

it('a Linux host gets wg-quick files, and units that ask again for names', () => {
  const { site, dmz, management } = base();
  const wg0 = new WireGuardInterface(management.host('router', 5), 'wg0', {
    addresses: ['10.255.0.2/30'],
    privateKey: secret('wg0'),
    publicKey: GATEWAY,
    mtu: 1400,
  });
  wg0.peer('transit', {
    publicKey: TRANSIT,
    endpoint: { host: 'transit.example.org' },
    allowedIps: ['0.0.0.0/0'],
    presharedKey: secret('t'),
    routed: [dmz],
  });
  const files = Testing.files(site);
  for (const name of ['wg0.conf', 'wg0-endpoints.service', 'wg0-endpoints.timer']) {
    expectGolden(`wireguard/${name}`, files[`devices/wireguard/router/${name}`]);
  }
});

it('a segment can leave by a tunnel', () => {
  const { site, management } = base();
  const games = new Vlan(site, 'games', { tag: 30, ipv4: '10.30.0.0/24' });
  const props = { version: '1.5', wan: DynamicUplink.dhcp(), wanInterface: 'eth0', lanInterface: 'eth1', admins: ADMINS } as const;
  const gateway = new VyOs(site, 'router', { ...props, management, segments: [games] });
  const vpn = new WireGuardInterface(gateway, 'wg7', { addresses: ['10.255.7.2/32'], privateKey: secret('vpn'), publicKey: GATEWAY });
  vpn.peer('provider', { publicKey: TRANSIT, endpoint: { host: '198.51.100.9' }, allowedIps: ['0.0.0.0/0', '::/0'] });
  new PolicyRoute(gateway, 'games', { from: games, via: vpn });
  games.connections.allowTo(Internet.of(site), Port.udp(27_015));
  const commands = (Testing.files(site)['devices/vyos/router/commands.txt'] as string).split('\n');
  expect(commands.filter(line => /table|^set policy|games\.wg7 rule 10/.test(line))).toEqual([
    'set firewall ipv4 name games.wg7 rule 10 action accept',
    "set firewall ipv4 name games.wg7 rule 10 description 'hosting/games to hosting/internet'",
    "set firewall ipv4 name games.wg7 rule 10 destination group network-group '!SITE'",
    'set firewall ipv4 name games.wg7 rule 10 destination port 27015',
    'set firewall ipv4 name games.wg7 rule 10 protocol udp',
    'set firewall ipv4 name games.wg7 rule 10 source address 10.30.0.0/24',
    'set policy route games interface eth1.30',
    "set policy route games rule 10 destination group network-group '!SITE'",
    'set policy route games rule 10 set table 107',
    'set policy route games rule 10 source address 10.30.0.0/24',
    "set protocols static table 107 description 'out by wg7'",
    'set protocols static table 107 route 0.0.0.0/0 interface wg7',
    'set protocols static table 107 route6 ::/0 interface wg7',
  ]);
});

describe('refuses', () => {
  type Any = ReturnType<typeof JSON.parse>;
  const clean = (props: Any = {}, id = 'wg0') => {
    const { management } = base('vpn');
    const all = {
      addresses: ['10.255.0.1/24'],
      privateKey: secret('wg0'),
      publicKey: GATEWAY,
      endpoint: { host: 'vpn.example.net' },
      ...props,
    };
    return new WireGuardInterface(management.host('router', 5), id, all);
  };

  const interfaces: readonly (readonly [string, Any, string])[] = [
    [
      'a key that is too short',
      { publicKey: 'abc=' },
      '[vpn/management/router/wg0] publicKey must be a public key: 44 characters of base 64 that end in =, got "abc="; copy what `wg pubkey` prints; the private key goes into privateKey, as a Secret (WIREGUARD_KEY)',
    ],
    [
      'a private key as text',
      { privateKey: 'x' },
      "[vpn/management/router/wg0] privateKey must be a Secret; write privateKey: Secret.fromOpenBao('kv/vpn', 'wg0') (PROP_TYPE)",
    ],
    [
      'an address without its length',
      { addresses: ['10.255.0.1'] },
      '[vpn/management/router/wg0] addresses take an address with the length of its prefix, got "10.255.0.1"; write it like 10.255.0.1/24 (WIREGUARD_ADDRESS)',
    ],
    [
      'an address inside a segment',
      { addresses: ['10.10.0.77/24'] },
      '[vpn/management/router/wg0] 10.10.0.0/24 overlaps 10.10.0.0/24 of vpn/management; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    ],
    [
      'packets that do not fit',
      { mtu: 1460 },
      '[vpn/management/router/wg0] packets of 1460 bytes do not fit into the 1500 of the way outside, of which the tunnel takes 60 over IPv4; leave mtu out, which means 1420, or write at most 1440 (WIREGUARD_MTU)',
    ],
    [
      'packets below those of IPv6',
      { mtu: 1200 },
      '[vpn/management/router/wg0] mtu must be from 1280 to 8920 bytes, got 1200; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'a port that there is not',
      { listenPort: 70_000 },
      '[vpn/management/router/wg0] listenPort must be from 1 to 65535, got 70000; choose a value inside the range (PROP_RANGE)',
    ],
    [
      'an endpoint that is no name',
      { endpoint: { host: 'vpn' } },
      '[vpn/management/router/wg0] endpoint.host must be an address or a complete DNS name, got "vpn"; write it like vpn.example.net (PROP_FORMAT)',
    ],
  ];
  test.each(interfaces)('an interface with %s', (_, props, message) => expect(() => clean(props)).toThrow(message));

  it('an interface with a name that Linux would take and VyOS not', () => {
    expect(() => clean({}, 'vpn')).toThrow(
      '[vpn/management/router/vpn] the name of an interface must be wg and a number up to 99, got "vpn"; write it like wg0 (PROP_FORMAT)',
    );
  });

  it('one port for two interfaces', () => {
    const { management } = base('vpn');
    const host = management.host('router', 5);
    new WireGuardInterface(host, 'wg0', { addresses: ['10.255.0.1/24'], privateKey: secret('a'), publicKey: GATEWAY });
    expect(
      () => new WireGuardInterface(host, 'wg1', { addresses: ['10.254.0.1/24'], privateKey: secret('b'), publicKey: TRANSIT }),
    ).toThrow(
      '[vpn/management/router/wg1] 51820/udp is already that of vpn/management/router/wg0; choose another listenPort (WIREGUARD_PORT)',
    );
  });

  const peers: readonly (readonly [string, Any, string])[] = [
    [
      'a prefix of a segment behind it',
      { allowedIps: ['10.10.0.0/25'] },
      '[vpn/management/router/wg0/b] 10.10.0.0/25 overlaps 10.10.0.0/24 of vpn/management; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    ],
    [
      'a prefix that is behind another',
      { allowedIps: ['192.168.50.128/25'] },
      '[vpn/management/router/wg0/b] 192.168.50.128/25 overlaps 192.168.50.0/24 of vpn/management/router/wg0/a; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    ],
    [
      'the Internet, which is behind another',
      { allowedIps: ['0.0.0.0/0'] },
      '[vpn/management/router/wg0/b] 0.0.0.0/0 is already behind vpn/management/router/wg0/a; make an interface of its own for one of them (WIREGUARD_ALLOWED_IPS)',
    ],
    [
      'an address of the tunnel that is taken',
      { allowedIps: ['10.255.0.9/32'] },
      '[vpn/management/router/wg0/b] 10.255.0.9/32 is already behind vpn/management/router/wg0/a; choose another address (WIREGUARD_ALLOWED_IPS)',
    ],
    [
      'host bits in a prefix',
      { allowedIps: ['192.168.60.1/24'] },
      '[vpn/management/router/wg0/b] allowedIps has bits set right of its prefix, got "192.168.60.1/24"; write 192.168.60.0/24 (SUBNET_HOST_BITS)',
    ],
    [
      'nothing behind it',
      { allowedIps: [] },
      "[vpn/management/router/wg0/b] allowedIps is empty; write allowedIps: ['10.50.0.0/24'] (PROP_EMPTY)",
    ],
    [
      'the key of another',
      { publicKey: OFFICE },
      `[vpn/management/router/wg0/b] the public key is already that of vpn/management/router/wg0/a, got "${OFFICE}"; make a pair of keys for each device with \`wg genkey\` (WIREGUARD_KEY_TAKEN)`,
    ],
    [
      'a keepalive of a day',
      { persistentKeepalive: Duration.days(1) },
      '[vpn/management/router/wg0/b] persistentKeepalive must be from 1 to 65535 seconds, got 86400; choose a value inside the range (PROP_RANGE)',
    ],
  ];
  test.each(peers)('a peer with %s', (_, props, message) => {
    const tunnel = clean();
    tunnel.peer('a', { publicKey: OFFICE, allowedIps: ['192.168.50.0/24', '0.0.0.0/0', '10.255.0.9/32'] });
    expect(() => tunnel.peer('b', { publicKey: PHONE, allowedIps: ['192.168.60.0/24'], ...props })).toThrow(message);
  });

  it('a peer, when neither side knows where the other is', () => {
    const tunnel = clean({ endpoint: undefined });
    expect(() => tunnel.peer('b', { publicKey: PHONE, allowedIps: ['192.168.60.0/24'] })).toThrow(
      '[vpn/management/router/wg0/b] neither side knows where the other is, so that nobody can begin; give the peer an endpoint, or vpn/management/router/wg0 one that the peer is told (WIREGUARD_UNREACHABLE)',
    );
    expect(() => tunnel.roaming('laptop', { publicKey: LAPTOP })).toThrow(
      "[vpn/management/router/wg0] has no endpoint at which laptop finds it from the road; write endpoint: { host: 'vpn.example.net' }, a name or a public address of the gateway (WIREGUARD_ROAMING)",
    );
  });
});
