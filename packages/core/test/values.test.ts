import { MacAddress, Port, Version } from '../src';
import { told, untyped } from './told';

test('ports and ranges', () => {
  expect([Port.tcp(443), Port.udp(53), Port.range('tcp', 30_000, 32_767), Port.range('sctp', 1, 65_535), Port.icmp()].map(String)).toEqual([
    '443/tcp',
    '53/udp',
    '30000-32767/tcp',
    '1-65535/sctp',
    'icmp',
  ]);
  expect([Port.is(Port.icmp()), Port.is(443), Port.is(null)]).toEqual([true, false, false]);
});

test.each<[string, () => unknown, string]>([
  ['0', () => Port.tcp(0), '[Port.tcp] a port is a whole number from 1 to 65535, got 0; write Port.tcp(443) (PORT)'],
  ['too much', () => Port.udp(65_536), '[Port.udp] a port is a whole number from 1 to 65535, got 65536; write Port.udp(443) (PORT)'],
  ['text', () => Port.tcp(untyped('443')), '[Port.tcp] a port is a whole number from 1 to 65535, got "443"; write Port.tcp(443) (PORT)'],
  [
    'nothing',
    () => Port.tcp(untyped(undefined)),
    '[Port.tcp] a port is a whole number from 1 to 65535, got undefined; write Port.tcp(443) (PORT)',
  ],
  [
    'a range backwards',
    () => Port.range('tcp', 90, 80),
    '[Port.tcp] a port is a whole number from 1 to 65535, got "90-80"; write Port.tcp(443) (PORT)',
  ],
  [
    'another protocol',
    () => Port.range(untyped('http'), 80, 80),
    '[Port] a port belongs to tcp, udp or sctp, got "http"; write Port.tcp(443) (PORT_PROTOCOL)',
  ],
])('a port that is %s is told', (_, action, text) => {
  expect(told(action)).toBe(text);
});

test('a MAC address is lower case with colons', () => {
  expect(String(MacAddress.of('nic', '02-00-5E-10-00-01'))).toBe('02:00:5e:10:00:01');
  expect(String(MacAddress.of('nic', '02:00:5E:10:00:01'))).toBe('02:00:5e:10:00:01');
});

test.each([
  ['02:00:5e:10:00', '"02:00:5e:10:00"'],
  ['02:00-5e:10:00:01', '"02:00-5e:10:00:01"'],
  ['02:00:5e:10:00:0g', '"02:00:5e:10:00:0g"'],
  ['02005e100001', '"02005e100001"'],
  [undefined, 'undefined'],
])('%p is no MAC address', (text, shown) => {
  expect(told(() => MacAddress.of('lab/nic', untyped(text)))).toBe(
    `[lab/nic] a MAC address is six octets in hexadecimal, got ${shown}; write it like 02:00:5e:10:00:01 (MAC_FORMAT)`,
  );
});

test.each(['ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:01', '33:33:00:00:00:01', '00:00:00:00:00:00'])('%s is no address of a port', text => {
  expect(told(() => MacAddress.of('lab/nic', text))).toBe(
    `[lab/nic] a MAC address of a port is neither a group address nor zero, got "${text}"; read it from the label of the machine, or from ip link, see IEEE 802 section 8.2 (MAC_GROUP)`,
  );
});

test('versions as vendors write them', () => {
  const v = Version.of('v1.34.2+k3s1');
  expect([String(v), v.major, v.minor, v.patch]).toEqual(['v1.34.2+k3s1', 1, 34, 2]);
  expect([Version.of('9'), Version.of('8.2')].map(x => [x.major, x.minor, x.patch])).toEqual([
    [9, 0, 0],
    [8, 2, 0],
  ]);
  expect(Version.of('8.4.1').satisfies('>=8.2 <10')).toBe(true);
  expect(Version.of('8.1').satisfies('>=8.2 <10')).toBe(false);
  expect([Version.is(v), Version.is('9.1'), Version.is(null)]).toEqual([true, false, false]);
});

test.each([
  ['latest', '"latest"'],
  ['9.x', '"9.x"'],
  ['', '""'],
  ['v', '"v"'],
  ['9.', '"9."'],
  [9, '9'],
  [undefined, 'undefined'],
])('%p is no version', (text, shown) => {
  expect(told(() => Version.of(untyped(text)))).toBe(
    `[Version.of] a version begins with numbers, got ${shown}; write it like 9.1 or v1.34.2+k3s1 (VERSION)`,
  );
});

test('a range that is none is told', () => {
  expect(told(() => Version.of('9').satisfies('>= nine'))).toBe(
    '[Version.satisfies] the range is not one, got ">= nine"; write it like >=8.2 <10 (VERSION_RANGE)',
  );
});
