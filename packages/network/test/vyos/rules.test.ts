import { Testing } from '@ashlar/core/testing';
import { parseConfigBoot } from '../../src/vyos/parse-config-boot';
import { faultsOf } from '../../src/vyos/rules';
import { vyosLab } from './vyos-lab';

const WHOLE = Testing.files(vyosLab('1.5').site)['devices/vyos/gateway/config.boot'] as string;

/** What is found when `from` is replaced, which must be there. */
function found(from: string | RegExp, to: string): string[] {
  const spoilt = WHOLE.replace(from, to);
  expect(spoilt).not.toBe(WHOLE);
  return faultsOf(parseConfigBoot(spoilt)).map(({ code, message, fix }) => `${message}; ${fix} (${code})`);
}

it('what we write has none', () => {
  expect(faultsOf(parseConfigBoot(WHOLE))).toEqual([]);
});

describe('a fault that the syntax does not show:', () => {
  it('a zone without its rule set', () => {
    expect(found('name people.servers {', 'name people.web {')).toEqual([
      'zone servers takes from zone people what the ipv4 rule set people.servers allows, and there is none; define the rule set (VYOS_ZONE_RULE_SET)',
    ]);
  });

  it('a zone that is not there', () => {
    expect(found(/ {8}from people \{/, '        from guests {')).toContain(
      'zone LOCAL has rules from zone guests, which is not there; define the zone, or remove the rules (VYOS_ZONE_RULE_SET)',
    );
  });

  it('a zone without interface', () => {
    expect(found('            interface "eth1.40"\n'.slice(4), '')).toEqual([
      'interface eth1.40 has an address and is in no zone; put it in one (VYOS_INTERFACE_ZONE)',
      'zone people has no interface, and is not the local zone; give it one, or remove it (VYOS_ZONE_RULE_SET)',
    ]);
  });

  it('an entry that names no rule set', () => {
    expect(found(/( {8}from data \{\n {12}firewall \{\n) {16}name "data.LOCAL"\n/, '$1')).toEqual([
      'zone LOCAL says nothing of what may come from zone data; name a rule set, or remove the entry (VYOS_ZONE_RULE_SET)',
    ]);
  });

  it('an interface in two zones', () => {
    expect(found('interface "eth1.40"', 'interface "eth1.40"\n        interface "eth1.20"')).toEqual([
      'interface eth1.20 is in zone people and in zone servers; put it in one of them (VYOS_INTERFACE_ZONE)',
    ]);
  });

  it('a DHCP range outside its subnet', () => {
    expect(found('stop "10.40.0.199"', 'stop "10.40.1.19"')).toEqual([
      'range dhcp of people, 10.40.0.100 to 10.40.1.19, is not within 10.40.0.0/24; choose addresses of 10.40.0.0/24 (VYOS_DHCP_RANGE)',
    ]);
  });

  it('a DHCP range that ends before it begins', () => {
    expect(found('stop "10.40.0.199"', 'stop "10.40.0.19"')).toEqual([
      'range dhcp of people begins at 10.40.0.100, after its end 10.40.0.19; exchange them (VYOS_DHCP_RANGE)',
    ]);
  });

  it('a static mapping outside its subnet', () => {
    expect(found('ip-address "10.40.0.20"', 'ip-address "10.41.0.20"')).toEqual([
      'printer of people is to get 10.41.0.20, which is not within 10.40.0.0/24; choose an address of 10.40.0.0/24 (VYOS_DHCP_RANGE)',
    ]);
  });

  it('a group that is missing', () => {
    const faults = found('        network-group SITE {', '        network-group PLACE {');
    expect(faults[0]).toBe(
      'rule 10 of LOCAL.home names the network-group SITE, and there is none; define the group, or name another (VYOS_MISSING_GROUP)',
    );
    expect(faults.every(fault => fault.endsWith('(VYOS_MISSING_GROUP)'))).toBe(true);
  });

  it('a port without protocol', () => {
    expect(found(/(name people\.servers \{[\s\S]*?) {16}protocol "tcp"\n/, '$1')).toEqual([
      'rule 10 of people.servers has a port and no protocol; set protocol tcp, udp or tcp_udp (VYOS_PORT_PROTOCOL)',
    ]);
  });

  it('a port of a protocol without ports', () => {
    expect(found(/(destination \{\n {8}rule 10 \{[\s\S]*?)protocol "tcp"/, '$1protocol "icmp"')).toEqual([
      'destination NAT rule 10 has a port and the protocol icmp, which has none; set protocol tcp, udp or tcp_udp (VYOS_PORT_PROTOCOL)',
    ]);
  });

  it('a BGP neighbor without remote-as', () => {
    expect(found(/(neighbor 10\.20\.0\.12 \{[\s\S]*?) {12}remote-as "64513"\n/, '$1')).toEqual([
      'BGP neighbor 10.20.0.12 has no remote-as; set it, there or in its peer group (VYOS_BGP_REMOTE_AS)',
    ]);
  });

  it('BGP without a number of its own', () => {
    expect(found(/ {8}system-as "64512"\n/, '')).toEqual([
      'BGP has no autonomous system of its own; set protocols bgp system-as: the asn of the gateway (VYOS_BGP_REMOTE_AS)',
    ]);
  });
});
