import { addressesOf, addressText, intervalText, parseAddress, parseRange } from '../../src/space/address-text';
import { parsePorts } from '../../src/space/ports';
import { placesText, portsText } from '../../src/space/space-text';

test.each([
  ['10.20.0.0/24', '10.20.0.0/24'],
  ['10.20.0.7/24', '10.20.0.0/24'],
  ['10.20.0.7', '10.20.0.7'],
  ['10.20.0.7-10.20.0.9', '10.20.0.7-10.20.0.9'],
  ['10.20.0.8-10.20.0.15', '10.20.0.8/29'],
  ['0.0.0.0/0', '0.0.0.0/0'],
  ['2001:db8::1', '2001:db8::1'],
  ['2001:db8:0:20::/64', '2001:db8:0:20::/64'],
  ['::/0', '::/0'],
])('%s is read, and told as %s', (text, told) => {
  const range = parseRange(text);
  expect(range && intervalText(range.interval, range.family)).toBe(told);
});

test.each([
  '10.20',
  '10.20.0.256',
  '10.20.0.0/33',
  '10.0.0.9-10.0.0.1',
  '10.0.0.1-2001:db8::1',
  '10.0.0.0/24/8',
  'fe80::1%eth0',
  'web',
  '',
])('%j is no range of addresses', text => {
  expect(parseRange(text)).toBeUndefined();
});

test('addresses are numbers, and come back as they were', () => {
  expect(parseAddress('10.0.0.1')).toEqual({ family: 4, address: 167_772_161n });
  expect(addressText(parseAddress('2001:db8::a')?.address as bigint, 6)).toBe('2001:db8::a');
});

test('of mixed families, one is taken', () => {
  expect(addressesOf(['10.0.0.0/25', '10.0.0.128/25', '2001:db8::/64'], 4)).toEqual([{ first: 167_772_160n, last: 167_772_415n }]);
});

test.each([
  ['443', [{ first: 443n, last: 443n }]],
  ['8000-8010', [{ first: 8000n, last: 8010n }]],
  ['8010-8000', undefined],
  ['70000', undefined],
  ['https', undefined],
])('ports %s', (text, ports) => {
  expect(parsePorts(text)).toEqual(ports);
});

test('regions are told in few words', () => {
  const internet = addressesOf(['198.51.100.0-255.255.255.255', '0.0.0.0-9.255.255.255'], 4);
  const range = (first: number, last = first) => ({ first: BigInt(first), last: BigInt(last) });
  expect(placesText(addressesOf(['10.20.0.0/24', '198.51.100.7'], 4), internet, 4)).toBe('10.20.0.0/24, 198.51.100.7 on the Internet');
  expect(
    placesText(
      addressesOf(
        [1, 3, 5, 7, 9, 11].map(n => `10.0.0.${n}`),
        4,
      ),
      internet,
      4,
    ),
  ).toBe('10.0.0.1, 10.0.0.3, 10.0.0.5, 10.0.0.7 and 2 more');
  expect(portsText([range(22), range(8000, 8010)], 'tcp')).toBe('22/tcp, 8000-8010/tcp');
  expect(portsText([range(0, 65_535)], 'udp')).toBe('udp');
  expect(portsText([range(8)], 'icmp')).toBe('icmp echo');
  expect(portsText([range(13)], 'icmp')).toBe('type 13 of icmp');
  expect(portsText([range(47)], 'other')).toBe('protocol 47');
  expect(portsText([range(0, 255)], 'other')).toBe('other protocols');
});
