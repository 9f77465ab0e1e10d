import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Testing } from '@ashlar/core/testing';
import { parse } from 'yaml';
import { lab } from '../../../packages/hci/test/harvester/lab';
import { filesBelow, outputs } from '../tool';
import { Verdict } from '../verdict';
import { harvesterFiles } from './harvester-objects';
import { installFaults } from './install-keys';

// biome-ignore lint/suspicious/noExplicitAny: what is spoilt is the vendor's
type Config = any;

const BROKEN: readonly [title: string, spoil: (config: Config) => void, told: string][] = [
  ['a misspelt key', config => Object.assign(config.install, { vipmode: 'static' }), 'install.vipmode is no key'],
  [
    'a misspelt key of the network',
    config => Object.assign(config.install.management_interface, { subnetMask: '' }),
    'install.management_interface.subnetMask is no key',
  ],
  ['an unknown mode', config => Object.assign(config.install, { mode: 'upgrade' }), 'install.mode must be one of create, join'],
  [
    'a number as text',
    config => Object.assign(config.install.management_interface, { mtu: '9000' }),
    'install.management_interface.mtu must be a number',
  ],
  [
    'a kernel setting as a number',
    config => Object.assign(config.os, { sysctls: { 'vm.swappiness': 1 } }),
    'os.sysctls must be a map of texts',
  ],
  ['another version of the scheme', config => Object.assign(config, { scheme_version: 2 }), 'scheme_version is 1'],
  ['no token', config => delete config.token, 'a token is needed'],
  ['no address of the cluster', config => delete config.install.vip, 'a node that creates has a vip'],
  ['DHCP for nobody', config => delete config.install.vip_hw_addr, 'vip_mode dhcp needs vip_hw_addr'],
  ['nothing to install', config => delete config.install.iso_url, 'an automatic installation has iso_url'],
  ['no gateway', config => delete config.install.management_interface.gateway, 'a static address has ip, subnet_mask and gateway'],
  ['no resolver', config => delete config.os.dns_nameservers, 'a static address needs dns_nameservers'],
  ['nobody who could log in', config => delete config.os.ssh_authorized_keys, 'somebody can log in'],
  ['a disk by its order', config => Object.assign(config.install, { device: '/dev/sda' }), 'device is named by its id or path'],
  [
    'a creating node that joins',
    config => Object.assign(config, { server_url: 'https://192.168.10.9:443' }),
    'a node that creates has no server_url',
  ],
];

describe('the documented keys of the installation of Harvester', () => {
  const verdict = new Verdict('Harvester installation, documented keys');
  const ours = Object.entries({ ...Testing.files(lab({ count: 1 }).site), ...harvesterFiles() }).filter(([path]) =>
    /\/hv-\d\.yaml$/.test(path),
  );
  const ofApps = outputs().flatMap(({ app, folder }) =>
    filesBelow(join(folder, 'devices/harvester'), path => path.endsWith('.yaml') && basename(path) !== 'backup-target.yaml').map(
      path => [`${app}: ${basename(path)}`, readFileSync(path, 'utf8')] as const,
    ),
  );
  const configs = [...ours, ...ofApps];
  const creating = configs.map(([, text]) => parse(text)).find(config => config.install.mode === 'create');

  test.each(configs)('%s has no other', (_, text) => {
    const faults = installFaults(parse(text));
    verdict.took(1, faults.length === 0 ? 0 : 1);
    expect(faults).toEqual([]);
  });

  test.each(BROKEN)('%s is told', (_, spoil, told) => {
    const broken = structuredClone(creating);
    spoil(broken);
    const faults = installFaults(broken);
    verdict.sawBroken(faults.length > 0);
    expect(faults).toContain(told);
  });
});
