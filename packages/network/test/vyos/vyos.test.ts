import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ledger, Port, Site } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Internet, Vlan, VyOs } from '../../src';
import { parseConfigBoot } from '../../src/vyos/parse-config-boot';
import { mayRepeat, settingsOf } from '../../src/vyos/vyos-config';
import { vyosConfig } from '../../src/vyos/vyos-render';
import { expectGolden } from '../golden';
import { ADMINS, pppoeLab, vyosLab } from './vyos-lab';

const FOLDER = 'devices/vyos/gateway';

describe.each(['1.4', '1.5'] as const)('VyOS %s', version => {
  it('is told everything from the model', () => {
    const files = Testing.files(vyosLab(version).site);
    expectGolden(`vyos/${version}/config.boot`, files[`${FOLDER}/config.boot`]);
  });

  it('says the same as commands', () => {
    const { site, gateway } = vyosLab(version);
    const commands = (Testing.files(site)[`${FOLDER}/commands.txt`] as string).trim().split('\n');
    expect(commands).toHaveLength(settingsOf(vyosConfig(gateway)).length);
    expect(commands).toContain('set firewall zone people interface eth1.40');
    expect(commands).toContain("set firewall ipv4 name servers.home rule 10 destination group network-group '!SITE'");
  });

  it('is read back as it was written', () => {
    const { site, gateway } = vyosLab(version);
    const read = parseConfigBoot(Testing.files(site)[`${FOLDER}/config.boot`] as string);
    expect(read).toEqual(settingsOf(vyosConfig(gateway)));
  });

  it('with an address of the provider', () => {
    expectGolden(`vyos/${version}/pppoe.boot`, Testing.files(pppoeLab(version).site)['devices/vyos/router/config.boot']);
  });
});

it('the leaves with several values are those of the list, and no other', () => {
  for (const { gateway } of [vyosLab('1.5'), vyosLab('1.4'), pppoeLab('1.5')]) {
    const wrong = settingsOf(vyosConfig(gateway)).filter(
      ({ path, value, multiple }) => value !== undefined && multiple !== mayRepeat(path),
    );
    expect(wrong).toEqual([]);
  }
});

it('secrets are added on the device, and told in the runbook', () => {
  const files = Testing.files(vyosLab('1.5').site);
  expectGolden('vyos/apply.sh', files[`${FOLDER}/apply.sh`]);
  expectGolden('vyos/RUNBOOK.md', files[`${FOLDER}/RUNBOOK.md`]);
  const pppoe = Testing.files(pppoeLab('1.5').site);
  expect(pppoe['devices/vyos/router/apply.sh']).toContain(
    'set interfaces pppoe pppoe0 authentication password "$(cat /config/auth/ashlar/pppoe)"\n',
  );
});

it('a segment without flows is closed, and its drops are logged', () => {
  const { gateway } = vyosLab('1.5');
  const zone = settingsOf(vyosConfig(gateway)).filter(({ path }) => path.slice(0, 3).join(' ') === 'firewall zone people');
  expect(zone.map(({ path, value }) => [...path.slice(3), value].join(' ').trim())).toEqual([
    'default-action drop',
    'default-log',
    'description lab/people',
    'interface eth1.40',
  ]);
});

it('a new flow adds a rule, and the ledger keeps the numbers of the others', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger.json');
  const build = (ports: readonly number[]) => {
    const site = new Site('lab', { domain: 'lab.example.net' });
    new Ledger(site, 'ledger', { file });
    const [wan, management, servers] = ['wan', 'management', 'servers'].map(
      (id, i) => new Vlan(site, id, { tag: i + 2, ipv4: `10.${i}.0.0/24` }),
    ) as [Vlan, Vlan, Vlan];
    management.host('desk', 9);
    const props = { version: '1.5', wan: wan.host('gateway', 2), wanInterface: 'eth0', lanInterface: 'eth1', admins: ADMINS } as const;
    const gateway = new VyOs(site, 'gateway', { ...props, management, segments: [servers] });
    for (const port of ports) servers.connections.allowFrom(management, Port.tcp(port));
    const found = settingsOf(vyosConfig(gateway)).filter(({ path }) => path.includes('management.servers') && path.at(-1) === 'port');
    site.synth(mkdtempSync(join(tmpdir(), 'out-')));
    return found.map(({ path, value }) => `${path[5]}: ${value}`);
  };
  expect(build([443, 8443])).toEqual(['10: 443', '20: 8443']);
  expect(build([22, 443, 8443])).toEqual(['10: 443', '20: 8443', '30: 22']);
});

it('unique local addresses do not get out to the Internet', () => {
  const { gateway, site } = pppoeLab('1.5');
  expect(site.check()).toEqual([]);
  expect(settingsOf(vyosConfig(gateway)).some(({ path }) => path.includes('people.wan') && path[1] === 'ipv6')).toBe(false);
});

it('the same whatever the order of flows', () => {
  const build = (turn: <T>(list: T[]) => T[]) => {
    const { site, servers, people, storage } = vyosLab('1.5');
    const flows = [1, 2, 3].map(n => () => servers.connections.allowFrom(people, Port.tcp(n)));
    for (const flow of turn([...flows, () => Internet.of(site).connections.allowFrom(storage, Port.tcp(80))])) flow();
    return Testing.files(site)[`${FOLDER}/config.boot`];
  };
  expect(build(list => list)).toBe(build(list => list.reverse()));
});
