import { decisionOn, type Packet } from '../../src/decision';
import type { Protocol } from '../../src/rule-chain';
import { parseAddress } from '../../src/space/address-text';
import { readVyos } from '../../src/vyos/read-vyos';
import { GATEWAY, withRule } from './gateway-text';

const FILE = 'devices/vyos/gw/config.boot';

function packet(source: string, destination: string, protocol: Protocol, port: number): Packet {
  const from = parseAddress(source);
  return {
    family: from?.family ?? 4,
    source: from?.address ?? 0n,
    destination: parseAddress(destination)?.address ?? 0n,
    protocol,
    port: BigInt(port),
  };
}

/** Which of these packets from the segment `lab` to `servers` rule 10 lets through. */
function passes(rule: string, ...packets: Packet[]): boolean[] {
  const chain = readVyos(FILE, withRule(rule)).forward('eth1.10', 'eth1.20');
  return packets.map(one => decisionOn(chain, one).accepts);
}

const web = packet('10.10.0.9', '10.20.0.5', 'tcp', 443);
const other = packet('10.10.0.30', '10.20.0.5', 'tcp', 8443);

test('interfaces, routes and tunnels are read', () => {
  const router = readVyos(FILE, GATEWAY);
  expect(router.name).toBe('gw');
  expect(router.interfaces.map(i => `${i.name} ${i.addresses.length}`)).toEqual(['eth0 1', 'eth1.10 2', 'eth1.20 2', 'wg0 1']);
  expect(router.interfaces[3]?.peers?.[4]).toHaveLength(1);
  expect(router.routes).toEqual([
    { family: 4, destination: { first: 0n, last: 4_294_967_295n }, nextHop: 3_405_803_777n },
    { family: 4, destination: { first: 3_232_248_320n, last: 3_232_248_575n }, interface: 'wg0' },
  ]);
  expect(router.tunnelPorts).toEqual([51_820]);
});

test('a rule set decides between the zones that name it, by its first rule that matches', () => {
  const router = readVyos(FILE, GATEWAY);
  const chain = router.forward('eth1.10', 'eth1.20');
  expect(decisionOn(chain, web)).toEqual({ accepts: true, by: `${FILE}: ipv4 name lab.servers rule 10` });
  expect(decisionOn(chain, other)).toEqual({ accepts: false, by: `${FILE}: zone servers from lab, none of whose rules lets it through` });
  expect(decisionOn(router.forward('eth1.20', 'eth1.10'), packet('10.20.0.5', '10.10.0.9', 'tcp', 443)).accepts).toBe(false);
  expect(decisionOn(router.forward('eth1.10', 'eth1.10'), web).accepts).toBe(true);
  expect(decisionOn(router.forward('wg0', 'wg0'), web).accepts).toBe(false);
  expect(decisionOn(router.local('eth1.10'), packet('10.10.0.9', '10.10.0.1', 'tcp', 22)).accepts).toBe(false);
});

test.each([
  ['everything that it does not limit', 'action accept', [true, true]],
  ['one address', 'action accept\nsource {\naddress 10.10.0.9\n}', [true, false]],
  ['all but one address', 'action accept\nsource {\naddress !10.10.0.9\n}', [false, true]],
  ['a range of addresses', 'action accept\nsource {\naddress 10.10.0.1-10.10.0.10\n}', [true, false]],
  ['an address group, with ranges', 'action accept\nsource {\ngroup {\naddress-group ADMINS\n}\n}', [true, false]],
  ['what is in no network group', 'action accept\nsource {\ngroup {\nnetwork-group !SITE\n}\n}', [false, false]],
  [
    'what is in both an address and a group',
    'action accept\nsource {\naddress 10.10.0.16/28\ngroup {\naddress-group ADMINS\n}\n}',
    [false, false],
  ],
  [
    'a port group, with the one that it includes',
    'action accept\nprotocol tcp\ndestination {\ngroup {\nport-group WEB\n}\n}',
    [true, false],
  ],
  ['lists and ranges of ports', 'action accept\nprotocol tcp_udp\ndestination {\nport "80,400-500"\n}', [true, false]],
  ['all ports but some', 'action accept\nprotocol tcp\ndestination {\nport "!443"\n}', [false, true]],
  ['a protocol', 'action accept\nprotocol udp', [false, false]],
  ['all protocols but one', 'action accept\nprotocol !udp', [true, true]],
  ['all protocols but a rare one', 'action accept\nprotocol !gre', [true, true]],
  ['new connections', 'action accept\nstate new', [true, true]],
  ['no new connection', 'action accept\nstate established\nstate related', [false, false]],
  ['nothing while disabled', 'action accept\ndisable', [false, false]],
  ['nothing when it rejects', 'action reject', [false, false]],
])('a rule is about %s', (_, rule, expected) => {
  expect(passes(rule, web, other)).toEqual(expected);
});

test('an echo request is told from other types of icmp, and rare protocols by their numbers', () => {
  const echo = packet('10.10.0.9', '10.20.0.5', 'icmp', 8);
  const redirect = packet('10.10.0.9', '10.20.0.5', 'icmp', 5);
  const gre = packet('10.10.0.9', '10.20.0.5', 'other', 47);
  const esp = packet('10.10.0.9', '10.20.0.5', 'other', 50);
  expect(passes('action accept\nprotocol icmp\nicmp {\ntype-name echo-request\n}', echo, redirect)).toEqual([true, false]);
  expect(passes('action accept\nprotocol icmp', echo, redirect, gre)).toEqual([true, true, false]);
  expect(passes('action accept\nprotocol gre', gre, esp, web)).toEqual([true, false, false]);
  expect(passes('action accept\nprotocol !gre', gre, esp, web)).toEqual([false, true, true]);
});

test('where answers are dropped, no connection comes about', () => {
  const stateless = GATEWAY.replace(/state-policy \{[\s\S]*?\n {8}\}\n/, '');
  const chain = readVyos(FILE, stateless).forward('eth1.10', 'eth1.20');
  expect(decisionOn(chain, web)).toEqual({ accepts: false, by: `${FILE}: zone servers from lab: answers are dropped on their way back` });
  const back = `from servers {\nfirewall {\nname back\n}\n}\ninterface "eth1.10"`;
  const answered = stateless
    .replace('interface "eth1.10"', back)
    .replace('ipv4 {', 'ipv4 {\nname back {\ndefault-action drop\nrule 1 {\naction accept\nstate established\nstate related\n}\n}');
  expect(decisionOn(readVyos(FILE, answered).forward('eth1.10', 'eth1.20'), web).accepts).toBe(true);
});

test('without zones nothing is filtered, and all-ping decides about echo requests to the router', () => {
  const open = readVyos(
    FILE,
    'interfaces {\nethernet eth0 {\naddress 10.10.0.1/24\n}\n}\nfirewall {\nglobal-options {\nall-ping disable\n}\n}',
  );
  expect(open.forward('eth0', 'eth0').otherwise).toBe('accept');
  expect(decisionOn(open.local('eth0'), packet('10.10.0.9', '10.10.0.1', 'tcp', 22)).accepts).toBe(true);
  expect(decisionOn(open.local('eth0'), packet('10.10.0.9', '10.10.0.1', 'icmp', 8))).toEqual({
    accepts: false,
    by: `${FILE}: global-options all-ping`,
  });
});

test('prefixes that neighbors of BGP may announce are routes to them', () => {
  const bgp = `protocols {
    bgp {
      neighbor 10.20.0.11 {\naddress-family {\nipv4-unicast {\nprefix-list {\nimport "POOL"\n}\n}\n}\n}
      neighbor 10.20.0.12 {\npeer-group nodes\n}
      peer-group nodes {\naddress-family {\nipv4-unicast {\nroute-map {\nimport "MAP"\n}\n}\n}\n}
    }
  }
  policy {
    prefix-list POOL {\nrule 10 {\naction permit\nle 32\nprefix 10.60.0.0/24\n}\nrule 20 {\naction deny\nprefix 10.61.0.0/24\n}\n}
    route-map MAP {\nrule 10 {\naction permit\nmatch {\nip {\naddress {\nprefix-list POOL\n}\n}\n}\n}\n}
  }\n`;
  const learned = readVyos(FILE, GATEWAY + bgp).routes.filter(route => route.nextHop !== undefined && route.nextHop > 169_000_000n);
  const pool = { first: 171_704_320n, last: 171_704_575n };
  expect(learned.filter(route => route.destination.first === pool.first)).toEqual([
    { family: 4, destination: pool, nextHop: 169_082_891n },
    { family: 4, destination: pool, nextHop: 169_082_892n },
  ]);
});

test('virtual addresses are addresses of the router; a provider gives a route; of several, the nearest counts', () => {
  const text = `interfaces {
    ethernet eth0 {\naddress dhcp\n}
    ethernet eth1 {\naddress 10.10.0.2/24\n}
    pppoe pppoe0 {\nsource-interface eth2\n}
    ethernet eth3 {\naddress 10.30.0.1/24\ndisable\n}
  }
  high-availability {\nvrrp {\ngroup lan {\ninterface eth1\naddress 10.10.0.1/24 {\n}\n}\n}\n}
  protocols {\nstatic {
    route 10.50.0.0/16 {\nnext-hop 10.10.0.9 {\ndistance 10\n}\nblackhole {\ndistance 250\n}\n}
    route 10.60.0.0/16 {\nblackhole {\n}\n}
  }\n}`;
  const router = readVyos(FILE, text);
  expect(router.interfaces.map(i => `${i.name} ${i.addresses.length}`)).toEqual(['eth0 0', 'eth1 2', 'pppoe0 0']);
  expect(router.routes.map(r => `${r.destination.first} ${r.interface ?? r.nextHop ?? 'discarded'}`)).toEqual([
    '171048960 168427529',
    '171704320 discarded',
    '0 eth0',
    '0 pppoe0',
  ]);
});
