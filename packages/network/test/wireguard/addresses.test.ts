import { Testing } from '@ashlar/core/testing';
import { DynamicUplink } from '../../src/gateway/dynamic-uplink';
import { Vlan } from '../../src/segments/vlan';
import { VyOs } from '../../src/vyos/vyos';
import { WireGuardInterface } from '../../src/wireguard/wireguard-interface';
import type { WireGuardPeerProps } from '../../src/wireguard/wireguard-peer';
import { ADMINS } from '../vyos/vyos-lab';
import { GATEWAY, LAPTOP, OFFICE, PHONE, TRANSIT } from './keys';
import { lab, secret } from './lab';

describe('the transfer network refuses', () => {
  const cases: readonly (readonly [string, string[], string])[] = [
    [
      'the address of the network',
      ['10.255.0.0/24'],
      '[vpn/management/router/wg0] 10.255.0.0 is the network address of 10.255.0.0/24, got "10.255.0.0/24"; write it like 10.255.0.1/24 (WIREGUARD_ADDRESS)',
    ],
    [
      'the broadcast address',
      ['10.255.0.255/24'],
      '[vpn/management/router/wg0] 10.255.0.255 is the broadcast address of 10.255.0.0/24, got "10.255.0.255/24"; write it like 10.255.0.1/24 (WIREGUARD_ADDRESS)',
    ],
    [
      'two addresses of a family',
      ['10.255.0.1/24', '10.254.0.1/24'],
      '[vpn/management/router/wg0] addresses holds two of IPv4, got ["10.255.0.1/24", "10.254.0.1/24"]; write one for each family (WIREGUARD_ADDRESS)',
    ],
    [
      'a length beyond the address',
      ['10.255.0.1/33'],
      '[vpn/management/router/wg0] addresses take an address with the length of its prefix, got "10.255.0.1/33"; write it like 10.255.0.1/24 (WIREGUARD_ADDRESS)',
    ],
    [
      'a name',
      ['wg.example.net/24'],
      '[vpn/management/router/wg0] addresses take an address with the length of its prefix, got "wg.example.net/24"; write it like 10.255.0.1/24 (WIREGUARD_ADDRESS)',
    ],
    [
      'a prefix around a segment',
      ['10.0.0.1/8'],
      '[vpn/management/router/wg0] 10.0.0.0/8 overlaps 10.10.0.0/24 of vpn/management; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    ],
  ];
  test.each(cases)('%s', (_, addresses, message) => expect(() => lab({ addresses })).toThrow(message));

  it('two parts that overlap, naming both peers', () => {
    const { wg0 } = lab();
    wg0.peer('office', { publicKey: OFFICE, allowedIps: ['10.255.0.16/28'] });
    expect(() => wg0.peer('phone', { publicKey: PHONE, allowedIps: ['10.255.0.20/32'] })).toThrow(
      '[vpn/management/router/wg0/phone] 10.255.0.20/32 overlaps 10.255.0.16/28, which is already behind vpn/management/router/wg0/office; choose another address (WIREGUARD_ALLOWED_IPS)',
    );
  });

  it('its own address for a peer', () => {
    const { wg0 } = lab();
    expect(() => wg0.peer('office', { publicKey: OFFICE, allowedIps: ['fd55::1/128'] })).toThrow(
      '[vpn/management/router/wg0/office] fd55::1/128 is the address of vpn/management/router/wg0 itself; write the address that the peer has in the tunnel (WIREGUARD_ALLOWED_IPS)',
    );
  });
});

it('roaming peers get the lowest numbers that neither the interface nor a peer has', () => {
  const { wg0 } = lab();
  wg0.peer('office', { publicKey: OFFICE, allowedIps: ['10.255.0.2/31'] });
  expect(wg0.roaming('laptop', { publicKey: LAPTOP }).allowedIps).toEqual(['10.255.0.4/32', 'fd55::4/128']);
  expect(wg0.roaming('phone', { publicKey: PHONE }).allowedIps).toEqual(['10.255.0.5/32', 'fd55::5/128']);
});

it('a second tunnel to the same peer is another matter', () => {
  const { router, wg0 } = lab();
  const wg1 = new WireGuardInterface(router, 'wg1', {
    addresses: ['10.254.0.1/24'],
    listenPort: 51_821,
    privateKey: secret('wg1'),
    publicKey: TRANSIT,
    endpoint: { host: 'gate.example.org' },
  });
  wg0.peer('office', { publicKey: OFFICE, allowedIps: ['192.168.50.0/24'] });
  expect(wg1.peer('office', { publicKey: OFFICE, allowedIps: ['192.168.51.0/24'] }).prefixes).toEqual(['192.168.51.0/24']);
});

describe('a routed segment is refused', () => {
  const peer = (props: (model: ReturnType<typeof lab>) => Partial<WireGuardPeerProps>) => () => {
    const model = lab();
    model.wg0.peer('transit', { publicKey: TRANSIT, allowedIps: ['0.0.0.0/0'], ...props(model) });
  };

  it('when it is private', () => {
    expect(peer(({ management }) => ({ routed: [management] }))).toThrow(
      '[vpn/management/router/wg0/transit] 10.10.0.0/24 of vpn/management is private, and nobody on the Internet has a route to it; name a segment with the prefix that the peer routes to us; a private one behind the peer goes into its allowedIps (WIREGUARD_ROUTED)',
    );
  });

  it('when the Internet is not behind the peer', () => {
    expect(peer(({ dmz }) => ({ routed: [dmz], allowedIps: ['192.0.2.0/24'] }))).toThrow(
      "[vpn/management/router/wg0/transit] 203.0.113.32/27 of vpn/dmz is to be reached from anywhere through it, and only 192.0.2.0/24 may be its source; write allowedIps: ['0.0.0.0/0'] (WIREGUARD_ROUTED)",
    );
  });

  it('when another peer routes it', () => {
    const { router, dmz, wg0 } = lab();
    const props = { addresses: ['10.254.0.1/30'], listenPort: 51_821, privateKey: secret('wg1'), publicKey: OFFICE };
    const wg1 = new WireGuardInterface(router, 'wg1', { ...props, endpoint: { host: 'gate.example.org' } });
    wg0.peer('transit', { publicKey: TRANSIT, allowedIps: ['0.0.0.0/0'], routed: [dmz] });
    expect(() => wg1.peer('other', { publicKey: PHONE, allowedIps: ['0.0.0.0/0'], routed: [dmz] })).toThrow(
      '[vpn/management/router/wg1/other] vpn/dmz is already reached through vpn/management/router/wg0/transit, and answers leave by one way; route it through one of them (WIREGUARD_ROUTED)',
    );
  });

  it('when it is a string', () => {
    expect(peer(() => ({ routed: ['203.0.113.32/27'] as never }))).toThrow(
      '[vpn/management/router/wg0/transit] routed must be a Vlan, got "203.0.113.32/27"; write routed: [dmz] (PROP_TYPE)',
    );
  });

  it('when the gateway does not route it', () => {
    const { site, dmz } = lab();
    const management = new Vlan(site, 'own', { tag: 30, ipv4: '10.30.0.0/24' });
    const props = { version: '1.5', wanInterface: 'eth0', lanInterface: 'eth1', admins: ADMINS } as const;
    const gateway = new VyOs(site, 'gateway', { ...props, wan: DynamicUplink.dhcp(), management, segments: [] });
    const wg5 = new WireGuardInterface(gateway, 'wg5', { addresses: ['10.254.0.2/30'], privateKey: secret('wg5'), publicKey: OFFICE });
    const transit = { publicKey: TRANSIT, endpoint: { host: '198.51.100.1' }, allowedIps: ['0.0.0.0/0'], routed: [dmz] };
    expect(() => wg5.peer('transit', transit)).toThrow(
      '[vpn/gateway/wg5/transit] vpn/gateway does not route vpn/dmz; name one of its segments (WIREGUARD_ROUTED)',
    );
  });
});

describe('the largest packet', () => {
  const pppoe = () => {
    const { site } = lab();
    const management = new Vlan(site, 'own', { tag: 30, ipv4: '10.30.0.0/24' });
    const props = { version: '1.5', wanInterface: 'eth0', lanInterface: 'eth1', admins: ADMINS } as const;
    const wan = DynamicUplink.pppoe({ user: 'customer', password: secret('pppoe') });
    return new VyOs(site, 'gateway', { ...props, wan, management, segments: [] });
  };
  const own = { addresses: ['10.254.0.2/30'], privateKey: secret('wg5'), publicKey: OFFICE };

  it('is 80 bytes less than the way outside, over PPPoE 8 less again', () => {
    expect(lab().wg0.mtu).toBe(1420);
    expect(lab({ mtu: 1440 }).wg0.mtu).toBe(1440);
    expect(new WireGuardInterface(pppoe(), 'wg5', own).mtu).toBe(1412);
  });

  it('is refused when PPPoE does not carry it', () => {
    expect(() => new WireGuardInterface(pppoe(), 'wg5', { ...own, mtu: 1440 })).toThrow(
      '[vpn/gateway/wg5] packets of 1440 bytes do not fit into the 1492 of the way outside, of which the tunnel takes 60 over IPv4; leave mtu out, which means 1412, or write at most 1432 (WIREGUARD_MTU)',
    );
  });

  it('is refused when a peer is reached over IPv6', () => {
    const { wg0 } = lab({ mtu: 1440 });
    expect(() => wg0.peer('office', { publicKey: OFFICE, endpoint: { host: '2001:db8:9::1' }, allowedIps: ['192.168.50.0/24'] })).toThrow(
      '[vpn/management/router/wg0/office] packets of 1440 bytes do not fit into the 1500 of the way outside, of which the tunnel takes 80 over IPv6; leave mtu out, which means 1420, or write at most 1420 (WIREGUARD_MTU)',
    );
  });
});

it('who is behind a NAT keeps its mapping; who is not sends nothing', () => {
  const to = { publicKey: OFFICE, endpoint: { host: '198.51.100.1' }, allowedIps: ['192.168.50.0/24'] };
  expect(lab().wg0.peer('office', to).persistentKeepalive).toBe(25);
  const { dmz } = lab();
  const edge = new WireGuardInterface(dmz.host('edge', 2), 'wg1', {
    addresses: ['10.254.0.1/30'],
    privateKey: secret('e'),
    publicKey: GATEWAY,
  });
  expect(edge.peer('office', to).persistentKeepalive).toBeUndefined();
});

describe('who is on the road sends through the tunnel', () => {
  const sent = (files: Record<string, string>, path = 'devices/wireguard/router/peers/laptop.conf') =>
    /^AllowedIPs = (.*)$/m.exec(files[path] ?? '')?.[1]?.split(', ');

  it('what is for the site and for those behind other peers', () => {
    const { site, wg0 } = lab();
    wg0.peer('office', { publicKey: OFFICE, allowedIps: ['10.255.0.9/32', '192.168.50.0/24'] });
    wg0.roaming('laptop', { publicKey: LAPTOP });
    expect(sent(Testing.files(site))).toEqual(['10.255.0.0/24', 'fd55::/64', '10.10.0.0/24', '192.168.50.0/24', '203.0.113.32/27']);
  });

  it('everything, if it says so', () => {
    const { site, wg0 } = lab();
    wg0.roaming('laptop', { publicKey: LAPTOP, fullTunnel: true });
    expect(sent(Testing.files(site))).toEqual(['0.0.0.0/0', '::/0']);
  });

  it('not the segment in which the endpoint is, which would lead into the tunnel', () => {
    const { site, wg0 } = lab({ endpoint: { host: '203.0.113.40' } });
    wg0.roaming('laptop', { publicKey: LAPTOP });
    expect(sent(Testing.files(site))).toEqual(['10.255.0.0/24', 'fd55::/64', '10.10.0.0/24']);
  });

  it('not the public segment of a host that is found by a name', () => {
    const { site, dmz } = lab();
    const props = { addresses: ['10.254.0.1/24'], privateKey: secret('edge'), publicKey: TRANSIT, endpoint: { host: 'edge.example.org' } };
    const edge = new WireGuardInterface(dmz.host('edge', 2), 'wg0', props);
    edge.roaming('laptop', { publicKey: LAPTOP });
    expect(sent(Testing.files(site), 'devices/wireguard/edge/peers/laptop.conf')).toEqual(['10.254.0.0/24', '10.10.0.0/24']);
  });

  it('and asks resolvers by address', () => {
    const { wg0 } = lab();
    expect(() => wg0.roaming('laptop', { publicKey: LAPTOP, dns: ['dns.example.net'] })).toThrow(
      '[vpn/management/router/wg0/laptop] dns must be addresses of resolvers, got "dns.example.net"; write them like 10.20.0.1 (PROP_FORMAT)',
    );
  });
});
