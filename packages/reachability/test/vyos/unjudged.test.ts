import { PROTOCOLS } from '../../src/rule-chain';
import { readVyos } from '../../src/vyos/read-vyos';
import { GATEWAY, withRule } from './gateway-text';

const FILE = 'devices/vyos/gw/config.boot';

function judge(text: string): void {
  const router = readVyos(FILE, text);
  for (const from of router.interfaces) for (const to of router.interfaces) router.forward(from.name, to.name);
  for (const from of router.interfaces) router.local(from.name);
  expect(PROTOCOLS.length).toBe(5);
}

/** The line of the last statement that reads like the one that is told, or the one that is named. */
function lineOf(text: string, told: string): number {
  const [, statement] = /^"(.*?)" cannot/.exec(told) ?? [];
  const lines = text.split('\n').map(line => line.replace(/["{]/g, '').trim());
  return lines.lastIndexOf(statement ?? '') + 1;
}

test('what is understood is judged', () => {
  expect(() => judge(GATEWAY)).not.toThrow();
});

test.each([
  ['a limit', 'action accept\nlimit {\nrate 10/second\n}', '"limit" cannot be judged; write the rule without it'],
  ['a time', 'action accept\ntime {\nweekdays Mon\n}', '"time" cannot be judged; write the rule without it'],
  ['a country', 'action accept\nsource {\ngeoip {\ncountry-code de\n}\n}', '"geoip" cannot be judged; write the rule without it'],
  ['a host name', 'action accept\nsource {\nfqdn www.example.net\n}', '"fqdn www.example.net" cannot be judged; write the rule without it'],
  ['a MAC group', 'action accept\nsource {\ngroup {\nmac-group M\n}\n}', '"mac-group M" cannot be judged; write the addresses'],
  ['a domain group', 'action accept\nsource {\ngroup {\ndomain-group D\n}\n}', '"domain-group D" cannot be judged; write the addresses'],
  [
    'a missing group',
    'action accept\nsource {\ngroup {\naddress-group NOBODY\n}\n}',
    '"address-group NOBODY" cannot be judged; define firewall group address-group NOBODY',
  ],
  [
    'a source port',
    'action accept\nprotocol tcp\nsource {\nport 2222\n}',
    '"port 2222" cannot be judged; match the port of the destination',
  ],
  [
    'a port without a protocol',
    'action accept\ndestination {\nport 22\n}',
    '"rule 10" cannot be judged; write protocol tcp, udp or tcp_udp in it: only they have ports',
  ],
  [
    'a named port',
    'action accept\nprotocol tcp\ndestination {\nport ssh\n}',
    '"port ssh" cannot be judged; write ports as numbers and ranges, like 80,443,8000-8010',
  ],
  [
    'an unknown protocol',
    'action accept\nprotocol carrier-pigeon',
    '"protocol carrier-pigeon" cannot be judged; name a protocol of /etc/protocols',
  ],
  ['a return', 'action return', '"action return" cannot be judged; write accept, drop or reject'],
  ['a jump', 'action jump\njump-target other', '"jump-target other" cannot be judged; write the rule without it'],
  ['no action', 'protocol tcp', '"rule 10" cannot be judged; give it an action'],
  ['two protocols', 'action accept\nprotocol tcp\nprotocol udp', '"protocol udp" cannot be judged; write it once'],
  [
    'an address of the other family',
    'action accept\nsource {\naddress 2001:db8::1\n}',
    '"address 2001:db8::1" cannot be judged; write an IPv4 address, range or prefix',
  ],
  [
    'a type of the other family',
    'action accept\nprotocol icmp\nicmpv6 {\ntype 128\n}',
    '"icmpv6" cannot be judged; match the types of this family',
  ],
  ['a type without icmp', 'action accept\nprotocol tcp\nicmp {\ntype 8\n}', '"rule 10" cannot be judged; write protocol icmp in it'],
  ['flags', 'action accept\nprotocol tcp\ntcp {\nflags {\nsyn\n}\n}', '"tcp" cannot be judged; write the rule without it'],
])('%s in a rule is never skipped', (_, rule, told) => {
  const text = withRule(rule);
  expect(() => judge(text)).toThrow(new Error(`[${FILE}:${lineOf(text, told)}] ${told} (REACH_UNJUDGED)`));
});

const before = (mark: string, text: string) => GATEWAY.replace(mark, `${text}\n${mark}`);

test.each([
  [
    'an unfiltered interface',
    before('ethernet eth1 {', 'ethernet eth7 {\naddress 10.70.0.1/24\n}'),
    '"ethernet eth7" cannot be judged; put it into a zone',
  ],
  [
    'an interface in two zones',
    before('interface "eth1.20"', 'interface "eth1.10"'),
    '"interface eth1.10" cannot be judged; put each interface into one zone',
  ],
  [
    'a rule set that is not there',
    GATEWAY.replace('name "lab.servers"', 'name "nothing"'),
    '"name nothing" cannot be judged; define firewall ipv4 name nothing',
  ],
  [
    'a base chain that filters',
    before('ipv6 {', 'ipv4 {\nforward {\nfilter {\ndefault-action continue\n}\n}\n}'),
    '"default-action continue" cannot be judged; filter by zones',
  ],
  [
    'a base chain with rules',
    before('ipv6 {', 'ipv4 {\ninput {\nfilter {\nrule 1 {\naction drop\n}\n}\n}\n}'),
    '"rule 1" cannot be judged; write the rule without it',
  ],
  ['a bridge firewall', before('ipv6 {', 'bridge {\n}'), '"bridge" cannot be judged; write the rule without it'],
  [
    'a tunnel of another kind',
    before('ethernet eth1 {', 'openvpn vtun0 {\n}'),
    '"openvpn vtun0" cannot be judged; write the rule without it',
  ],
  ['a VRF', before('vif 10 {', 'vrf red'), '"vrf red" cannot be judged; write the rule without it'],
  ['containers', `${GATEWAY}container {\n}\n`, '"container" cannot be judged; write the rule without it'],
  ['another routing protocol', before('static {', 'ospf {\n}'), '"ospf" cannot be judged; write the rule without it'],
  [
    'a neighbor that may announce anything',
    before('static {', 'bgp {\nneighbor 10.20.0.11 {\nremote-as 64513\n}\n}'),
    '"neighbor 10.20.0.11" cannot be judged; limit what it may announce: address-family ipv4-unicast prefix-list import',
  ],
  [
    'answers that a policy drops',
    GATEWAY.replace('established {\n                action "accept"', 'established {\n                action "reject"'),
    '"action reject" cannot be judged; let answers pass: write accept',
  ],
  [
    'a range that leads to another one',
    `${GATEWAY}nat {\ndestination {\nrule 1 {\nprotocol udp\ndestination {\nport 27000-27010\n}\ntranslation {\naddress 10.20.0.5\nport 7000-7010\n}\n}\n}\n}\n`,
    '"port 7000-7010" cannot be judged; write one rule for each port: a range that leads to another range leads to its first port',
  ],
  [
    'a translation of whole networks',
    `${GATEWAY}nat {\ndestination {\nrule 1 {\ntranslation {\naddress 10.20.0.0/24\n}\n}\n}\n}\n`,
    '"address 10.20.0.0/24" cannot be judged; write a single IPv4 address',
  ],
  [
    'a group that includes itself',
    GATEWAY.replace('port "443"\n        }', 'include "WEB"\n        }').replace(/port "443"/, 'group {\nport-group WEB\n}'),
    '"include WEB" cannot be judged; let no group include itself',
  ],
  ['a value of two words', before('ipv6 {', 'zone a b {\n}'), '"zone a b" cannot be judged; quote a value that has spaces'],
])('%s is never skipped', (_, text, told) => {
  expect(() => judge(text)).toThrow(new Error(`[${FILE}:${lineOf(text, told)}] ${told} (REACH_UNJUDGED)`));
});

test.each([
  ['a block that does not end', `system {\nhost-name gw\n`, ':1] a block that does not end cannot be judged; close it with }'],
  ['a brace too many', 'system {\n}\n}\n', ':3] a } that closes nothing cannot be judged; remove it'],
  ['a block without a name', 'system {\n}\n{\n}\n', ':3] a block without a name cannot be judged; write it like firewall {'],
  ['open quotes', 'system {\nhost-name "gw\n}\n', ':2] ""gw" cannot be judged; close the quotes'],
])('%s is no configuration', (_, text, told) => {
  expect(() => readVyos(FILE, text)).toThrow(new Error(`[${FILE}${told} (REACH_UNJUDGED)`));
});
