import { Port } from '@ashlar/core';
import { difference } from '../../src/vyos/difference';
import { parseConfigBoot } from '../../src/vyos/parse-config-boot';
import { settingsOf } from '../../src/vyos/vyos-config';
import { vyosConfig } from '../../src/vyos/vyos-render';
import { vyosLab } from './vyos-lab';

const boot = (text: string) => parseConfigBoot(text);

it('a value that replaces another is set', () => {
  expect(difference(boot('system {\n host-name "a"\n}'), boot('system {\n host-name "b"\n}'))).toEqual(['set system host-name b']);
});

it('of a leaf with several values the old one is deleted', () => {
  const zone = (name: string) => boot(`firewall {\n zone lan {\n interface ${name}\n default-action drop\n }\n}`);
  expect(difference(zone('eth1'), zone('eth2'))).toEqual([
    'delete firewall zone lan interface eth1',
    'set firewall zone lan interface eth2',
  ]);
});

it('a branch that is gone is deleted once', () => {
  const before = boot('service {\n ssh {\n port 22\n listen-address 10.0.0.1\n }\n ntp {\n listen-address 10.0.0.1\n }\n}');
  const after = boot('service {\n ntp {\n listen-address 10.0.0.1\n }\n}');
  expect(difference(before, after)).toEqual(['delete service ssh']);
});

it('a flag that is gone is deleted, and an empty node that is new is set', () => {
  const before = boot('interfaces {\n ethernet eth0 {\n disable\n address dhcp\n }\n}');
  const after = boot('interfaces {\n ethernet eth0 {\n address dhcp\n }\n loopback lo {\n }\n}');
  expect(difference(before, after)).toEqual(['delete interfaces ethernet eth0 disable', 'set interfaces loopback lo']);
});

it('nothing leads from a configuration to itself', () => {
  const settings = settingsOf(vyosConfig(vyosLab('1.5').gateway));
  expect(difference(settings, settings)).toEqual([]);
});

it('a new flow is what a person would type', () => {
  const before = settingsOf(vyosConfig(vyosLab('1.5').gateway));
  const lab = vyosLab('1.5');
  lab.nas.connections.allowFrom(lab.people, Port.tcp(445));
  expect(difference(before, settingsOf(vyosConfig(lab.gateway)))).toEqual([
    'set firewall ipv4 name people.data default-action drop',
    'set firewall ipv4 name people.data default-log',
    'set firewall ipv4 name people.data rule 10 action accept',
    "set firewall ipv4 name people.data rule 10 description 'lab/people to lab/storage/nas'",
    'set firewall ipv4 name people.data rule 10 destination address 10.30.0.5',
    'set firewall ipv4 name people.data rule 10 destination port 445',
    'set firewall ipv4 name people.data rule 10 protocol tcp',
    'set firewall ipv4 name people.data rule 10 source address 10.40.0.0/24',
    'set firewall zone data from people firewall name people.data',
  ]);
});

it('a flow that is taken back leaves nothing behind', () => {
  const lab = vyosLab('1.5');
  lab.nas.connections.allowFrom(lab.people, Port.tcp(445));
  const after = settingsOf(vyosConfig(vyosLab('1.5').gateway));
  expect(difference(settingsOf(vyosConfig(lab.gateway)), after)).toEqual([
    'delete firewall ipv4 name people.data',
    'delete firewall zone data from people',
  ]);
});

it('values with spaces and quotes are quoted', () => {
  const after = boot('system {\n login {\n banner {\n pre-login "it\'s \\"ours\\""\n }\n }\n}');
  expect(difference([], after)).toEqual([`set system login banner pre-login 'it'\\''s "ours"'`]);
});

describe('a text that is no config.boot is refused:', () => {
  test.each([
    ['a brace too many', 'system {\n}\n}', '[config.boot] line 3 is not a statement of config.boot, got "}"'],
    ['a brace too few', 'system {\n', '[config.boot] line 2 is not a statement of config.boot, got "the end of the file"'],
    ['three words', 'system host-name a b', '[config.boot] line 1 is not a statement of config.boot, got "system host-name a b"'],
    ['an open quote', 'host-name "a', '[config.boot] line 1 is not a statement of config.boot, got "host-name \\"a"'],
  ])('%s', (_, text, message) => {
    expect(() => boot(text)).toThrow(`${message}; take the file as \`show configuration\` or the last commit has it (VYOS_SYNTAX)`);
  });
});
