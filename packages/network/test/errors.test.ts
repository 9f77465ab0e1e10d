import { Port, Site } from '@ashlar/core';
import { DnsAlias, DnsService, DnsZones, Host, PfSense, Pool, Vlan, Zone } from '../src';

const site = () => new Site('lab', { domain: 'lab.example.net' });
const servers = (scope: Site = site()) => new Vlan(scope, 'servers', { tag: 20, ipv4: '10.20.0.0/24', ipv6: 'fd20:0:0:20::/64' });
const any = (value: unknown) => value as never;

/** The text of the ConfigError that `act` throws. */
function message(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if ((error as Error).name !== 'ConfigError') throw error;
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('segments', () => {
  it('a tag belongs to one segment', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        new Vlan(s, 'guests', { tag: 20, ipv4: '10.21.0.0/24' });
      }),
    ).toBe('[lab/guests] tag 20 is already that of lab/servers; choose another tag (VLAN_TAG)');
  });

  it('a name belongs to one segment, wherever it is', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        new Vlan(new Zone(s, 'z', { vlans: [new Vlan(s, 'y', { tag: 9, ipv4: '10.9.0.0/24' })] }), 'servers', {
          tag: 21,
          ipv4: '10.21.0.0/24',
        });
      }),
    ).toBe('[lab/z/servers] there is already a VLAN servers, lab/servers; choose another id (VLAN_NAME)');
  });

  it('an id belongs to one construct', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        servers(s);
      }),
    ).toBe('[lab] already holds a Vlan servers, [lab/servers]; choose another id (ID_TAKEN)');
  });

  it('a tag ends at 4094', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 4095, ipv4: '10.1.0.0/24' });
      }),
    ).toBe('[lab/x] tag must be from 1 to 4094, got 4095; choose a value inside the range (PROP_RANGE)');
  });

  it('a tag is a number', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: any('20'), ipv4: '10.1.0.0/24' });
      }),
    ).toBe('[lab/x] tag must be a whole number, got "20"; write tag: 1 (PROP_TYPE)');
  });

  it('a tag is needed', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', any({ ipv4: '10.1.0.0/24' }));
      }),
    ).toBe('[lab/x] tag is missing; write tag: 1 (PROP_MISSING)');
  });

  it('a misspelt property is not dropped', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', any({ tag: 1, ipv4: '10.1.0.0/24', gatway: '10.1.0.1' }));
      }),
    ).toBe('[lab/x] there is no property gatway; use one of tag, ipv4, ipv6, gateway, domain, outside (PROP_UNKNOWN)');
  });

  it('props are needed', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', any(undefined));
      }),
    ).toBe('[lab/x] props must be an object, got undefined; write { tag: … } (PROP_TYPE)');
  });

  it('a scope is needed', () => {
    expect(
      message(() => {
        new Vlan(any(undefined), 'x', { tag: 1, ipv4: '10.1.0.0/24' });
      }),
    ).toBe('[x] the scope must be a construct, got undefined; pass the site, or something in it (SCOPE)');
  });

  it('a segment has a prefix', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1 });
      }),
    ).toBe(`[lab/x] has no prefix; write ipv4: '10.20.0.0/24', or ipv6: 'fd20:0:0:20::/64', or both (VLAN_PREFIX)`);
  });

  it('a name of a segment is a DNS label', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'Server LAN', { tag: 1, ipv4: '10.1.0.0/24' });
      }),
    ).toBe(
      '[lab/Server LAN] the name of a VLAN must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Server LAN"; write it like web-1 (PROP_FORMAT)',
    );
  });

  it('a domain is a DNS name', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/24', domain: 'Lab_1' });
      }),
    ).toBe('[lab/x] domain must be a lower-case DNS name, got "Lab_1"; write it like lab.example.net (PROP_FORMAT)');
  });
});

describe('prefixes', () => {
  it('a prefix that overlaps another names both', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        new Vlan(s, 'guests', { tag: 21, ipv4: '10.20.0.128/25' });
      }),
    ).toBe(
      '[lab/guests] 10.20.0.128/25 overlaps 10.20.0.0/24 of lab/servers; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    );
  });

  it('a prefix around another overlaps it too', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        new Vlan(s, 'guests', { tag: 21, ipv4: '10.0.0.0/8' });
      }),
    ).toBe('[lab/guests] 10.0.0.0/8 overlaps 10.20.0.0/24 of lab/servers; choose prefixes that have no address in common (SUBNET_OVERLAP)');
  });

  it('IPv6 prefixes overlap as well', () => {
    expect(
      message(() => {
        const s = site();
        servers(s);
        new Vlan(s, 'guests', { tag: 21, ipv6: 'fd20::/32' });
      }),
    ).toBe(
      '[lab/guests] fd20::/32 overlaps fd20:0:0:20::/64 of lab/servers; choose prefixes that have no address in common (SUBNET_OVERLAP)',
    );
  });

  it('bits right of the prefix are refused, and the prefix is told', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.7/24' });
      }),
    ).toBe('[lab/x] ipv4 has bits set right of its prefix, got "10.1.0.7/24"; write 10.1.0.0/24 (SUBNET_HOST_BITS)');
  });

  it('bits right of an IPv6 prefix are refused', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv6: 'fd20:0:0:20::1/64' });
      }),
    ).toBe('[lab/x] ipv6 has bits set right of its prefix, got "fd20:0:0:20::1/64"; write fd20:0:0:20::/64 (SUBNET_HOST_BITS)');
  });

  it('an IPv4 prefix is no IPv6 one', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv6: '10.1.0.0/24' });
      }),
    ).toBe(
      '[lab/x] ipv6 must be an IPv6 prefix, and this is an IPv4 one, got "10.1.0.0/24"; write it as ipv4, or like fd20:0:0:20::/64 (SUBNET_FAMILY)',
    );
  });

  it('an IPv6 prefix is no IPv4 one', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: 'fd20::/64' });
      }),
    ).toBe(
      '[lab/x] ipv4 must be an IPv4 prefix, and this is an IPv6 one, got "fd20::/64"; write it as ipv6, or like 10.20.0.0/24 (SUBNET_FAMILY)',
    );
  });

  it('a prefix has a length', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0' });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got "10.1.0.0"; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('a length has an end', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/33' });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got "10.1.0.0/33"; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('an octet ends at 255', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.256.0.0/16' });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got "10.256.0.0/16"; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('short forms of the C library are refused', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1/16' });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got "10.1/16"; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('octal forms are refused', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '010.1.0.0/16' });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got "010.1.0.0/16"; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('a prefix is text', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: any(10) });
      }),
    ).toBe('[lab/x] ipv4 must be an IPv4 prefix in CIDR notation, got 10; write it like 10.20.0.0/24 (SUBNET_FORMAT)');
  });

  it('multicast is for no host', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '224.0.0.0/8' });
      }),
    ).toBe(
      '[lab/x] ipv4 must be a prefix that hosts can have addresses of, got "224.0.0.0/8"; write it like 10.20.0.0/24, see RFC 6890 (SUBNET_UNICAST)',
    );
  });

  it('link-local IPv6 is for no router', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv6: 'fe80::/64' });
      }),
    ).toBe(
      '[lab/x] ipv6 must be a prefix that hosts can have addresses of, got "fe80::/64"; write it like fd20:0:0:20::/64, see RFC 4291 section 2.4 (SUBNET_UNICAST)',
    );
  });

  it('everything is no segment', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '0.0.0.0/0' });
      }),
    ).toBe(
      '[lab/x] ipv4 must be a prefix that hosts can have addresses of, got "0.0.0.0/0"; write it like 10.20.0.0/24, see RFC 6890 (SUBNET_UNICAST)',
    );
  });
});

describe('gateways', () => {
  it('a gateway outside its prefix', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/24', gateway: '10.2.0.1' });
      }),
    ).toBe('[lab/x] gateway is outside 10.1.0.0/24, got "10.2.0.1"; write an address from 10.1.0.1 to 10.1.0.254 (GATEWAY)');
  });

  it('the network address as gateway', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/24', gateway: '10.1.0.0' });
      }),
    ).toBe('[lab/x] gateway is the network address of 10.1.0.0/24, got "10.1.0.0"; write an address from 10.1.0.1 to 10.1.0.254 (GATEWAY)');
  });

  it('the broadcast address as gateway', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/24', gateway: '10.1.0.255' });
      }),
    ).toBe(
      '[lab/x] gateway is the broadcast address of 10.1.0.0/24, got "10.1.0.255"; write an address from 10.1.0.1 to 10.1.0.254 (GATEWAY)',
    );
  });

  it('an IPv4 gateway where IPv6 is due', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv6: 'fd20::/64', gateway: '10.1.0.1' });
      }),
    ).toBe('[lab/x] gateway is an IPv4 address, and the segment has none of that family, got "10.1.0.1"; write it like fd20::1 (GATEWAY)');
  });

  it('a gateway that is no address', () => {
    expect(
      message(() => {
        const s = site();
        new Vlan(s, 'x', { tag: 1, ipv4: '10.1.0.0/24', gateway: 'router' });
      }),
    ).toBe('[lab/x] gateway must be an IP address, got "router"; write it like 10.1.0.1 (GATEWAY)');
  });
});

describe('hosts', () => {
  it('a host is on a segment', () => {
    expect(
      message(() => {
        new Host(any(site()), 'web', { number: 10 });
      }),
    ).toBe('[lab/web] scope must be a Vlan, got a Site; write scope: servers (PROP_TYPE)');
  });

  it('a name belongs to one host of the site', () => {
    expect(
      message(() => {
        const s = site();
        servers(s).host('web', 10);
        new Vlan(s, 'dmz', { tag: 30, ipv4: '10.30.0.0/24' }).host('web', 10);
      }),
    ).toBe('[lab/dmz/web] the name web.lab.example.net is already that of lab/servers/web; choose another name (HOST_NAME)');
  });

  it('a name belongs to one host of the segment', () => {
    expect(
      message(() => {
        const v = servers();
        v.host('web', 10);
        v.host('web', 11);
      }),
    ).toBe('[lab/servers] already holds a Host web, [lab/servers/web]; choose another id (ID_TAKEN)');
  });

  it('an address belongs to one host', () => {
    expect(
      message(() => {
        const v = servers();
        v.host('web', 10);
        v.host('api', 10);
      }),
    ).toBe(
      '[lab/servers/api] number 10 (10.20.0.10, fd20:0:0:20::a) is already that of lab/servers/web; choose another number, or none to have one allocated (HOST_NUMBER_TAKEN)',
    );
  });

  it('the network address is for no host', () => {
    expect(
      message(() => {
        servers().host('web', 0);
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of 10.20.0.0/24 and fd20:0:0:20::/64 is from 1 to 254, 0 is the network address 10.20.0.0, got 0; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('the broadcast address is for no host', () => {
    expect(
      message(() => {
        servers().host('web', 255);
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of 10.20.0.0/24 and fd20:0:0:20::/64 is from 1 to 254, 255 is the broadcast address 10.20.0.255, got 255; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('a number lies in the prefix', () => {
    expect(
      message(() => {
        servers().host('web', 300);
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of 10.20.0.0/24 and fd20:0:0:20::/64 is from 1 to 254, got 300; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('a number is whole', () => {
    expect(
      message(() => {
        servers().host('web', 1.5);
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of 10.20.0.0/24 and fd20:0:0:20::/64 is from 1 to 254, got 1.5; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('a number is a number', () => {
    expect(
      message(() => {
        servers().host('web', any('10'));
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of 10.20.0.0/24 and fd20:0:0:20::/64 is from 1 to 254, got "10"; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it(`the router's anycast address of IPv6 is for no host`, () => {
    expect(
      message(() => {
        new Vlan(site(), 'v6', { tag: 1, ipv6: 'fd20::/64' }).host('web', 0);
      }),
    ).toBe(
      '[lab/v6/web] the number of a host of fd20::/64 is from 1 to 9007199254740991, got 0; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('a point-to-point prefix has two hosts', () => {
    expect(
      message(() => {
        new Vlan(site(), 'p2p', { tag: 1, ipv4: '10.1.0.0/31' }).host('web', 2);
      }),
    ).toBe('[lab/p2p/web] the number of a host of 10.1.0.0/31 is from 0 to 1, got 2; choose a number inside the range (HOST_NUMBER)');
  });

  it('a prefix of one address has one host', () => {
    expect(
      message(() => {
        new Vlan(site(), 'one', { tag: 1, ipv4: '10.1.0.7/32' }).host('web', 1);
      }),
    ).toBe('[lab/one/web] the number of a host of 10.1.0.7/32 is from 0 to 0, got 1; choose a number inside the range (HOST_NUMBER)');
  });

  it('names that DNS refuses', () => {
    expect(
      message(() => {
        servers().host('Web_1', 10);
      }),
    ).toBe(
      '[lab/servers/Web_1] the name of a host must be a DNS label: up to 63 lower-case letters, digits and dashes, got "Web_1"; write it like web-1 (PROP_FORMAT)',
    );
  });

  it('names of 64 characters', () => {
    expect(
      message(() => {
        servers().host('w'.repeat(64), 10);
      }),
    ).toBe(
      '[lab/servers/wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww] the name of a host must be a DNS label: up to 63 lower-case letters, digits and dashes, got "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"; write it like web-1 (PROP_FORMAT)',
    );
  });

  it('names that are too long with their domain', () => {
    expect(
      message(() => {
        const label = 'd'.repeat(63);
        new Vlan(site(), 'x', { tag: 1, ipv4: '10.1.0.0/24', domain: `${label}.${label}.${label}.example.net` }).host('w'.repeat(60), 10);
      }),
    ).toBe(
      '[lab/x/wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww] a DNS name has up to 253 characters, got "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww.dddddddddddddddd..."; shorten it, see RFC 1035 section 2.3.4 (HOST_NAME)',
    );
  });

  it('a host inside a DHCP pool', () => {
    expect(
      message(() => {
        const v = servers();
        v.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
        v.host('web', 150);
      }),
    ).toBe(
      '[lab/servers/web] number 150 (10.20.0.150) lies in the dhcp pool lab/servers/dhcp, 100 to 199; choose a number outside it (HOST_IN_POOL)',
    );
  });

  it(`a host inside a load balancer's pool`, () => {
    expect(
      message(() => {
        const v = servers();
        v.pool('lb', { use: 'load-balancer', from: 50, to: 99 });
        v.host('web', 50);
      }),
    ).toBe(
      `[lab/servers/web] number 50 (10.20.0.50) lies in the load-balancer pool lab/servers/lb, 50 to 99; choose a number outside it, or take it from the pool with lb.host('web') (HOST_IN_POOL)`,
    );
  });

  it('no number, and no ledger to have one from', () => {
    expect(
      message(() => {
        servers().host('web');
      }),
    ).toBe(
      `[lab/servers/web] has no number, and the site has no ledger to allocate one from; give it a number, or create new Ledger(site, 'ledger', { file: … }) before it (LEDGER_MISSING)`,
    );
  });

  it('a malformed MAC address', () => {
    expect(
      message(() => {
        servers().host('web', { number: 10, mac: '02:00:5e:10:00' });
      }),
    ).toBe(
      '[lab/servers/web] a MAC address is six octets in hexadecimal, got "02:00:5e:10:00"; write it like 02:00:5e:10:00:01 (MAC_FORMAT)',
    );
  });

  it('a group MAC address', () => {
    expect(
      message(() => {
        servers().host('web', { number: 10, mac: '01:00:5e:10:00:01' });
      }),
    ).toBe(
      '[lab/servers/web] a MAC address of a port is neither a group address nor zero, got "01:00:5e:10:00:01"; read it from the label of the machine, or from ip link, see IEEE 802 section 8.2 (MAC_GROUP)',
    );
  });

  it('a MAC address belongs to one host of a segment', () => {
    expect(
      message(() => {
        const v = servers();
        v.host('web', { number: 10, mac: '02:00:5e:10:00:01' });
        v.host('api', { number: 11, mac: '02-00-5E-10-00-01' });
      }),
    ).toBe(
      '[lab/servers/api] MAC address 02:00:5e:10:00:01 is already that of lab/servers/web on this segment; read it from the device (MAC_TAKEN)',
    );
  });

  it('a host has one MAC address', () => {
    expect(
      message(() => {
        servers().host('web', { number: 10, mac: '02:00:5e:10:00:01' }).useMac('02:00:5e:10:00:02');
      }),
    ).toBe('[lab/servers/web] already has the MAC address 02:00:5e:10:00:01, got "02:00:5e:10:00:02"; give it one of them (HOST_MAC)');
  });
});

describe('pools', () => {
  it('a pool is of a segment', () => {
    expect(
      message(() => {
        new Pool(any(site()), 'dhcp', { use: 'dhcp', from: 100, to: 199 });
      }),
    ).toBe('[lab/dhcp] scope must be a Vlan, got a Site; write scope: servers (PROP_TYPE)');
  });

  it('pools that overlap name both', () => {
    expect(
      message(() => {
        const v = servers();
        v.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
        v.pool('lb', { use: 'load-balancer', from: 199, to: 210 });
      }),
    ).toBe(
      '[lab/servers/lb] 199 to 210 overlaps 100 to 199 of lab/servers/dhcp; choose ranges that have no number in common (POOL_OVERLAP)',
    );
  });

  it('a pool over an existing host', () => {
    expect(
      message(() => {
        const v = servers();
        v.host('web', 150);
        v.pool('dhcp', { use: 'dhcp', from: 100, to: 199 });
      }),
    ).toBe(
      '[lab/servers/dhcp] 100 to 199 holds lab/servers/web, 10.20.0.150; choose a range without hosts, or create the pool before the hosts that get a number from the ledger (HOST_IN_POOL)',
    );
  });

  it('a pool over the gateway', () => {
    expect(
      message(() => {
        servers().pool('dhcp', { use: 'dhcp', from: 1, to: 199 });
      }),
    ).toBe('[lab/servers/dhcp] 1 to 199 holds the gateway 10.20.0.1 of lab/servers; begin above 1 (GATEWAY_IN_POOL)');
  });

  it('a pool that runs backwards', () => {
    expect(
      message(() => {
        servers().pool('dhcp', { use: 'dhcp', from: 199, to: 100 });
      }),
    ).toBe('[lab/servers/dhcp] to must be at least from (199), got 100; write from: 100, to: 199 (POOL_RANGE)');
  });

  it('a pool beyond the prefix', () => {
    expect(
      message(() => {
        servers().pool('dhcp', { use: 'dhcp', from: 200, to: 255 });
      }),
    ).toBe('[lab/servers/dhcp] to must be from 1 to 254, got 255; choose a value inside the range (PROP_RANGE)');
  });

  it('a use that nobody knows', () => {
    expect(
      message(() => {
        servers().pool('dhcp', { use: any('DHCP'), from: 100, to: 199 });
      }),
    ).toBe(`[lab/servers/dhcp] use must be one of dhcp, load-balancer, vip, got "DHCP"; write use: 'dhcp' (PROP_CHOICE)`);
  });

  it('a host of a DHCP pool', () => {
    expect(
      message(() => {
        servers().pool('dhcp', { use: 'dhcp', from: 100, to: 199 }).host('web', 100);
      }),
    ).toBe(
      `[lab/servers/dhcp] the DHCP server gives its addresses out, and web wants one for good; write servers.host('web', …) with a number outside the pool (POOL_DHCP)`,
    );
  });

  it('a host of a pool outside it', () => {
    expect(
      message(() => {
        servers().pool('lb', { use: 'load-balancer', from: 50, to: 99 }).host('web', 49);
      }),
    ).toBe(
      '[lab/servers/web] the number of a host of lab/servers/lb is from 50 to 99, got 49; choose a number inside the range (HOST_NUMBER)',
    );
  });

  it('a pool with the name of a host', () => {
    expect(
      message(() => {
        const v = servers();
        v.host('web', 10);
        v.pool('web', { use: 'vip', from: 100, to: 199 });
      }),
    ).toBe('[lab/servers] already holds a Host web, [lab/servers/web]; choose another id (ID_TAKEN)');
  });
});

describe('zones', () => {
  it('a segment is in one zone', () => {
    expect(
      message(() => {
        const s = site();
        const vlans = [servers(s)];
        new Zone(s, 'inside', { vlans });
        new Zone(s, 'dmz', { vlans });
      }),
    ).toBe('[lab/dmz] lab/servers is already in zone lab/inside; put it in one of them (ZONE_VLAN)');
  });

  it('a zone has segments', () => {
    expect(
      message(() => {
        new Zone(site(), 'inside', { vlans: [] });
      }),
    ).toBe('[lab/inside] vlans is empty; write vlans: [servers] (PROP_EMPTY)');
  });

  it('a zone is of segments', () => {
    expect(
      message(() => {
        new Zone(site(), 'inside', { vlans: any(['servers']) });
      }),
    ).toBe('[lab/inside] vlans must be a Vlan, got "servers"; write vlans: [servers] (PROP_TYPE)');
  });
});

describe('DNS', () => {
  it('a server is primary or secondary', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsZones(s, 'dns', { primary: ns1, secondaries: [ns1] });
      }),
    ).toBe('[lab/dns] lab/servers/ns1 is named twice; name each server once, as primary or as secondary (DNS_SERVER_TWICE)');
  });

  it(`a site's zones have one author`, () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsZones(s, 'dns', { primary: ns1 });
        new DnsZones(s, 'dns2', { primary: ns1 });
      }),
    ).toBe('[lab/dns2] the zones of the site are already written by lab/dns; add its servers there (DNS_ZONES_TWICE)');
  });

  it('a server is a host', () => {
    expect(
      message(() => {
        new DnsZones(site(), 'dns', { primary: any('10.20.0.5') });
      }),
    ).toBe(`[lab/dns] primary must be a Host, got "10.20.0.5"; write primary: servers.host('ns1', 5) (PROP_TYPE)`);
  });

  it('a contact is a mail address', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsZones(s, 'dns', { primary: ns1, contact: 'hostmaster' });
      }),
    ).toBe('[lab/dns] contact must be a mail address, got "hostmaster"; write it like hostmaster@example.net (PROP_FORMAT)');
  });

  it('an alias with the name of a host', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsAlias(s, 'ns1', { target: ns1 });
      }),
    ).toBe('[lab/ns1] ns1.lab.example.net is already the name of lab/servers/ns1; choose another name (DNS_NAME_TAKEN)');
  });

  it('a host with the name of an alias', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsAlias(s, 'www', { target: ns1 });
        v.host('www', 7);
      }),
    ).toBe('[lab/servers/www] the name www.lab.example.net is already that of lab/www; choose another name (HOST_NAME)');
  });

  it('an alias with an impossible name', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsAlias(s, 'alias', { target: ns1, name: 'www.*' });
      }),
    ).toBe('[lab/alias] name must be DNS labels in lower case, the first of which may be *, got "www.*"; write it like www (PROP_FORMAT)');
  });

  it('a service declared twice', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsService(s, 'ldap', { port: Port.tcp(389), targets: [ns1] });
        new DnsService(s, 'ldap2', { service: 'ldap', port: Port.tcp(390), targets: [ns1] });
      }),
    ).toBe('[lab/ldap2] _ldap._tcp.lab.example.net is already the name of lab/ldap; name all targets in one of them (DNS_NAME_TAKEN)');
  });

  it('a service on a range of ports', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const ns1 = v.host('ns1', 5);
        new DnsService(s, 'ldap', { port: Port.range('tcp', 389, 390), targets: [ns1] });
      }),
    ).toBe('[lab/ldap] an SRV record names one port, got "389-390/tcp"; write Port.tcp(389) (DNS_SERVICE_PORT)');
  });
});

describe('pfSense', () => {
  it('a segment is named once', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ segments: [v] });
      }),
    ).toBe('[lab/gw] lab/servers is named twice; name it once, as wan, management or one of segments (PFSENSE_SEGMENT)');
  });

  it('the segment of the WAN is no other', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ segments: [w] });
      }),
    ).toBe('[lab/gw] lab/wan is named twice; name it once, as wan, management or one of segments (PFSENSE_SEGMENT)');
  });

  it('a segment has one gateway', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({});
        gateway({}, 'gw2');
      }),
    ).toBe('[lab/gw2] lab/servers already has the gateway lab/gw; route it by one of them (PFSENSE_SEGMENT)');
  });

  it('the two ports differ', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ lanInterface: 'vtnet0' });
      }),
    ).toBe('[lab/gw] the network port vtnet0 is named twice; name each network port once (PFSENSE_INTERFACE)');
  });

  it('a port for each segment, or one for all', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const up = new Vlan(s, 'wan2', { tag: 3, ipv4: '198.51.100.0/24' }).host('up2', 2);
        new PfSense(s, 'gw', { wan: up, wanInterface: 'vtnet0', lanInterface: ['vtnet1', 'vtnet2'], management: v, segments: [] });
      }),
    ).toBe(
      '[lab/gw] lanInterface names 2 ports for 1 segments; name one for each, that of the management segment first, or a single one that carries all (PFSENSE_INTERFACE)',
    );
  });

  it('a port is one of FreeBSD', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ lanInterface: 'Ethernet 1' });
      }),
    ).toBe('[lab/gw] lanInterface must be a FreeBSD interface name, got "Ethernet 1"; write it like vtnet1 (PROP_FORMAT)');
  });

  it('a gateway is not its own upstream', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ wan: w.host('self', 1) });
      }),
    ).toBe(
      '[lab/gw] wan lab/wan/self has 203.0.113.1, which is the gateway of lab/wan that it is to route to; give it another number (PFSENSE_WAN)',
    );
  });

  it('the WAN is a host', () => {
    expect(
      message(() => {
        const s = site();
        const v = servers(s);
        const w = new Vlan(s, 'wan', { tag: 2, ipv4: '203.0.113.0/24' });
        const up = w.host('up', 2);
        const gateway = (more: object, id = 'gw') =>
          new PfSense(s, id, { wan: up, wanInterface: 'vtnet0', lanInterface: 'vtnet1', management: v, segments: [], ...more });
        gateway({ wan: w });
      }),
    ).toBe(`[lab/gw] wan must be a Host, got a Vlan; write wan: wan.host('gateway-wan', 2) (PROP_TYPE)`);
  });
});
