import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, filesBelow, outputs, ROOT, tool } from '../tool';
import { Verdict } from '../verdict';
import { faultsOf } from './config-file';
import { type Request, RestApi } from './rest-api';

/**
 * pfSense itself was not run: it cannot be had here. What it reads, and what the REST API package takes, are tables of facts from their
 * sources, in `vocabulary.ts` and `models.ts`.
 */
const GOLDEN = join(ROOT, 'packages/network/test/golden/pfsense');
const folders = [GOLDEN, ...outputs().map(({ folder }) => join(folder, 'devices/pfsense'))];
const find = (ending: string) => folders.flatMap(folder => filesBelow(folder, path => path.endsWith(ending)));

describeWith(['xmllint'], 'config.xml of pfSense', () => {
  const verdict = new Verdict('pfSense config.xml, xmllint and its elements');
  const lint = (text: string) => spawnSync(tool('xmllint') as string, ['--noout', '-'], { input: text }).status;

  test.each(find('.xml'))('takes %s', file => {
    const text = readFileSync(file, 'utf8');
    const sections = text.match(/^\t<\w+>/gm)?.length ?? 0;
    expect(sections).toBeGreaterThan(6);
    expect(lint(text)).toBe(0);
    expect(faultsOf(text)).toEqual([]);
    verdict.took(sections);
  });

  const whole = readFileSync(join(GOLDEN, 'gateway.xml'), 'utf8');
  const broken: readonly (readonly [what: string, from: string | RegExp, to: string, fault: string])[] = [
    ['a section that there is not', /ntpd>/g, 'ntp>', '<ntp> is no section'],
    ['an element that it does not read', /icmptype>/g, 'icmp-type>', 'filter/rule has no <icmp-type>'],
    ['an element twice that is no list', '<tag>10</tag>', '<tag>10</tag><tag>11</tag>', 'vlans/vlan/tag is there twice'],
    ['an action that there is not', '<type>pass</type>', '<type>allow</type>', 'filter/rule/type cannot be "allow"'],
    ['a family that there is not', '<ipprotocol>inet46', '<ipprotocol>inet64', 'filter/rule/ipprotocol cannot be "inet64"'],
    ['text in a flag', '<log></log>', '<log>no</log>', 'filter/rule/log cannot be "no"'],
    ['an interface that is not there', '<interface>opt31</interface>', '<interface>opt99</interface>', 'there is no interface opt99'],
    ['a network that is not there', '<network>opt31</network>', '<network>opt99</network>', 'there is no network opt99'],
    ['an alias that is not there', '<name>NODES_V4</name>', '<name>NODE_V4</name>', 'there is no alias NODES_V4'],
    ['two aliases of one name', '<name>NODES_V6</name>', '<name>NODES_V4</name>', 'alias nodes_v4 is there twice'],
    ['an alias with a dash', /NODES_V4/g, 'NODES-V4', 'aliases/alias/name cannot be "NODES-V4"'],
    ['an alias of 32 characters', /NODES_V4/g, 'N'.repeat(32), `aliases/alias/name cannot be "${'N'.repeat(32)}"`],
    ['a prefix among hosts', '10.20.0.11 ', '10.20.0.0/24 ', '10.20.0.0/24 is not for the alias NODES_V4 of type host'],
    ['an address in a rule of the other family', '<address>2001:db8:0:20::50', '<address>10.20.0.80', '10.20.0.80 is not of inet6'],
    ['a DHCP range outside its subnet', '<to>10.40.0.149', '<to>10.41.0.149', '10.41.0.149 is not on opt40'],
    ['a DHCP range that runs backwards', '<from>10.40.0.100', '<from>10.40.0.150', '10.40.0.150 is after 10.40.0.149'],
    ['a static mapping inside the range', '<ipaddr>10.40.0.20<', '<ipaddr>10.40.0.120<', '10.40.0.120 is in the range of opt40'],
    [
      'a DHCP server on an interface that is not there',
      /(<dhcpd>\s*<)opt40(>.*<\/)opt40(>\s*<\/dhcpd>)/s,
      '$1opt41$2opt41$3',
      'there is no interface opt41',
    ],
    ['two VLANs of one tag', /<tag>31(<.*?\.)31</s, '<tag>30$130<', 'VLAN vtnet1.30 is there twice'],
    ['one network port for two interfaces', '<if>vtnet1.31</if>', '<if>vtnet1.30</if>', 'network port vtnet1.30 is there twice'],
    ['a network port that nothing makes', '<vlanif>vtnet1.31', '<vlanif>vtnet1.32', 'there is no network port vtnet1.31'],
    ['a gateway that is not there', '<gateway>WAN_GW4', '<gateway>WAN_GW5', 'there is no gateway WAN_GW5'],
    ['a port beyond the last', '<port>8443</port>', '<port>84430</port>', '84430 is no port'],
    ['a range of outbound NAT with a dash', '<dstport>7000:', '<dstport>7000-', 'nat/outbound/rule/dstport cannot be "7000-7010"'],
    ['a port without a protocol', /<protocol>sctp<\/protocol>\s*/, '', 'port 3260-3261 without tcp, udp or sctp'],
    ['router advertisements without a /64', /(2001:db8:0:40::1<\/ipaddrv6>\s*<subnetv6>)64/, '$156', 'opt40 advertises a /56'],
    ['a mode of advertisements that there is not', '<ramode>assist', '<ramode>both', 'dhcpdv6/opt40/ramode cannot be "both"'],
    ['a tracker twice', /<tracker>\d+/g, '<tracker>1500000000', 'tracker 1500000000 is there twice'],
    ['a forward to a name', '<target>10.20.0.80', '<target>web', 'web is no target'],
    ['an interface without its prefix', /(<ipaddr>10\.31\.0\.1<\/ipaddr>)\s*<subnet>24<\/subnet>/, '$1', 'opt31 cannot have 10.31.0.1/'],
  ];

  test.each(broken)('broken: refuses %s', (_, from, to, fault) => {
    const spoilt = whole.replace(from, to);
    expect(spoilt).not.toBe(whole);
    expect(lint(spoilt)).toBe(0);
    const faults = faultsOf(spoilt);
    verdict.sawBroken(faults.length > 0);
    expect(faults).toContain(fault);
  });

  test('broken: refuses an uplink over PPPoE that nothing dials', () => {
    const faults = faultsOf(readFileSync(join(GOLDEN, 'pppoe.xml'), 'utf8').replace(/<ppps>.*<\/ppps>/s, ''));
    verdict.sawBroken(faults.length > 0);
    expect(faults).toEqual(['nothing dials pppoe0']);
  });

  test('broken: xmllint refuses a file that ends too early', () => {
    const status = lint(whole.slice(0, -12));
    verdict.sawBroken(status !== 0);
    expect(status).not.toBe(0);
  });
});

describe('the REST API of pfSense', () => {
  const verdict = new Verdict('pfSense REST API v2, its models');
  const send = (requests: readonly Request[]) => {
    const api = new RestApi();
    for (const request of requests) api.send(request);
    return api;
  };

  test.each(find('.rest.json'))('takes %s', file => {
    const { objects, faults } = send(JSON.parse(readFileSync(file, 'utf8')));
    expect(objects).toBeGreaterThan(20);
    expect(faults).toEqual([]);
    verdict.took(objects);
  });

  const whole = readFileSync(join(GOLDEN, 'gateway.rest.json'), 'utf8');
  const broken: readonly (readonly [what: string, from: string | RegExp, to: string, fault: string])[] = [
    [
      'an endpoint that there is not',
      'v2/firewall/rules',
      'v2/firewall/policies',
      'PUT /api/v2/firewall/policies: there is no such endpoint or method',
    ],
    [
      'a method that an endpoint lacks',
      /"PUT"(,\s*"endpoint": "\/api\/v2\/firewall\/rules")/,
      '"PATCH"$1',
      'PATCH /api/v2/firewall/rules: there is no such endpoint or method',
    ],
    ['a field that there is not', '"destination_port"', '"dst_port"', 'OutboundNATMapping has no field dst_port'],
    ['a field that is only read', '"statetype"', '"tracker"', 'FirewallRule has no field tracker'],
    ['a field that is missing', /"tag": 10,\s*/, '', 'InterfaceVLAN needs tag'],
    ['a tag above 4094', '"tag": 40', '"tag": 4095', 'tag cannot be 4095'],
    ['a number as text', '"tag": 40', '"tag": "40"', 'tag cannot be "40"'],
    ['two VLANs of one tag', '"tag": 31', '"tag": 30', 'vtnet1.30 is there twice'],
    ['a choice that there is not', '"type": "block"', '"type": "drop"', 'type cannot be "drop"'],
    ['a protocol that there is not', '"protocol": "tcp/udp"', '"protocol": "sctp"', 'protocol cannot be "sctp"'],
    ['an interface before it is made', '"descr": "BACKUP"', '"descr": "ARCHIVE"', 'interface cannot be "BACKUP"'],
    ['two interfaces of one name', '"descr": "BACKUP"', '"descr": "Storage"', 'there is already an interface STORAGE'],
    ['an interface whose name has a dash', '"descr": "BACKUP"', '"descr": "BACK-UP"', 'descr cannot be "BACK-UP"'],
    ['an alias that is not there', '"name": "NODES_V4"', '"name": "NODE_V4"', 'destination cannot be "NODES_V4"'],
    ['an alias of 32 characters', /NODES_V4/g, 'N'.repeat(32), `name cannot be "${'N'.repeat(32)}"`],
    ['two aliases of one name', '"name": "NODES_V6"', '"name": "NODES_V4"', '/api/v2/firewall/aliases: NODES_V4 is there twice'],
    ['a prefix among hosts', '"10.20.0.11"', '"10.20.0.0/24"', '10.20.0.0/24 is not for an alias of type host'],
    ['a gateway that is not there', '"gateway": "WAN_GW4"', '"gateway": "WAN_GW9"', 'gateway cannot be "WAN_GW9"'],
    ['a gateway of the other family', '"gatewayv6": "WAN_GW6"', '"gatewayv6": "WAN_GW4"', 'gatewayv6 cannot be "WAN_GW4"'],
    ['a range written with a dash', '"27000:27010"', '"27000-27010"', 'destination_port cannot be "27000-27010"'],
    ['a range as the port inside', '"local_port": "7000"', '"local_port": "7000:7010"', 'local_port cannot be "7000:7010"'],
    [
      'a port for ICMP',
      /("protocol": "icmp",\s*"icmptype": \[\s*"echoreq"\s*\],)/,
      '$1"destination_port":"7",',
      'destination_port means nothing while protocol is icmp',
    ],
    ['all but everything', '"source": "any"', '"source": "!any"', 'source cannot be "!any"'],
    [
      'two interfaces for one rule',
      /("interface": \[\s*"MANAGEMENT")(\s*\],\s*"ipprotocol")/,
      '$1, "WAN"$2',
      'interface has more than 1 entries',
    ],
    ['a DHCP range outside its subnet', '"range_to": "10.40.0.149"', '"range_to": "10.41.0.149"', '10.41.0.149 is not on PEOPLE'],
    ['a static mapping inside the range', '"ipaddr": "10.40.0.20"', '"ipaddr": "10.40.0.120"', '10.40.0.120 is in the range of PEOPLE'],
    ['a MAC address that is too short', '"02:00:5e:10:00:20"', '"02:00:5e:10:00"', 'mac cannot be "02:00:5e:10:00"'],
    ['a name with a space', '"host": "nas"', '"host": "the nas"', 'host cannot be "the nas"'],
    ['a virtual address that is none', '"subnet": "203.0.113.3"', '"subnet": "203.0.113.300"', 'subnet cannot be "203.0.113.300"'],
  ];

  test.each(broken)('broken: refuses %s', (_, from, to, fault) => {
    const spoilt = whole.replace(from, to);
    expect(spoilt).not.toBe(whole);
    const { faults } = send(JSON.parse(spoilt));
    verdict.sawBroken(faults.length > 0);
    expect(faults.map(text => (text.endsWith(fault) ? fault : text))).toContain(fault);
  });

  test('broken: refuses rules before the aliases that they name', () => {
    const requests: Request[] = JSON.parse(whole);
    const { faults } = send([
      ...requests.filter(one => !one.endpoint.endsWith('/aliases')),
      ...requests.filter(one => one.endpoint.endsWith('/aliases')),
    ]);
    verdict.sawBroken(faults.length > 0);
    expect(faults).toContain('PUT /api/v2/firewall/rules: destination cannot be "NODES_V4"');
  });
});
