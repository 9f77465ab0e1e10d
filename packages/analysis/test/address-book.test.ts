import { Testing } from '@ashlar/core/testing';
import { AddressBook, SiteReport } from '../src';
import { ipNumber } from '../src/ip-number';
import { Guest, Host, Pool, Vlan } from './lab';

test('addresses are by tag, then family, then number', () => {
  const site = Testing.site();
  const high = new Vlan(site, 'a-high-tag', 200, ['10.1.0.0/24']);
  const low = new Vlan(site, 'low-tag', 30, ['10.2.0.0/24', 'fd00::/64']);
  new Host(site, 'x', 'x.test.example.net', [high.address('x', '10.1.0.2'), high.address('x', '10.1.0.10')]);
  new Host(site, 'y', 'y.test.example.net', [low.address('y', 'fd00::9'), low.address('y', '10.2.0.100'), low.address('y', '10.2.0.20')]);
  expect(AddressBook.of(site).addresses.map(({ ip }) => ip)).toEqual(['10.2.0.20', '10.2.0.100', 'fd00::9', '10.1.0.2', '10.1.0.10']);
});

test('an address that a host and its guest both have is listed once, with the name that DNS has for it', () => {
  const site = Testing.site();
  const vlan = new Vlan(site, 'servers', 20, ['10.20.0.0/24']);
  const address = vlan.address('web', '10.20.0.10');
  new Guest(site, 'other-name', { on: [], addresses: [address] });
  new Host(site, 'web', 'web.test.example.net', [address]);
  expect(AddressBook.of(site).addresses).toEqual([{ ...address, fqdn: 'web.test.example.net' }]);
});

test('free space is what is neither named, nor in a pool, nor the gateway', () => {
  const site = Testing.site();
  const vlan = new Vlan(site, 'servers', 20, ['10.20.0.0/24', 'fd20::/64'], '10.20.0.1');
  new Pool(vlan, 'dhcp', 'dhcp', '10.20.0.100', '10.20.0.199');
  new Host(site, 'inside', 'inside.test.example.net', [vlan.address('inside', '10.20.0.150')]);
  new Host(site, 'router', 'router.test.example.net', [vlan.address('router', '10.20.0.1')]);
  new Host(site, 'web', 'web.test.example.net', [vlan.address('web', '10.20.0.10'), vlan.address('web', 'fd20::a')]);
  const [v4, v6] = AddressBook.of(site).prefixes;
  expect(v4).toEqual({ vlan, cidr: '10.20.0.0/24', gateway: '10.20.0.1', usable: 254n, named: 3n, pooled: 100n, free: 152n });
  expect(v6).toEqual({ vlan, cidr: 'fd20::/64', usable: 2n ** 64n - 1n, named: 1n, pooled: 0n, free: 2n ** 64n - 2n });
});

test('both addresses of a point-to-point prefix are usable', () => {
  const site = Testing.site();
  new Vlan(site, 'link', 20, ['10.20.0.0/31']);
  expect(AddressBook.of(site).prefixes[0]).toMatchObject({ usable: 2n, free: 2n });
});

test('a segment without pools and addresses is listed with its free space', () => {
  const site = Testing.site();
  new Vlan(site, 'servers', 20, ['10.20.0.0/24', 'fd20::/64']);
  new SiteReport(site, 'report');
  expect(Testing.files(site)['report/addresses.md']).toBe(`# Addresses

## Free space

| Tag | VLAN | Prefix | Gateway | Usable | Named | In pools | Free |
| ---: | --- | --- | --- | ---: | ---: | ---: | ---: |
| 20 | servers | 10.20.0.0/24 |  | 254 | 0 | 0 | 254 |
| 20 | servers | fd20::/64 |  | ample | 0 | 0 | ample |
`);
});

test('an address is a number', () => {
  expect(ipNumber('10.0.0.1')).toBe(167_772_161n);
  expect(ipNumber('::')).toBe(0n);
  expect(ipNumber('::1')).toBe(1n);
  expect(ipNumber('fd00::1:0')).toBe((0xfd00n << 112n) + 65_536n);
  expect(ipNumber('1:2:3:4:5:6:7:8')).toBe(0x0001_0002_0003_0004_0005_0006_0007_0008n);
});
