import { type IGuest, Port, Secret, Size, toYaml } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { Internet } from '@ashlar/network';
import { parse } from 'yaml';
import { expectGolden } from '../../../network/test/golden';
import { type DataDisk, Software } from '../../src';
import { cloudConfig } from '../../src/guest/cloud-config';
import { KEY, lab } from '../lab';
import { type Lab, refusal, userData, vm } from './guests';

/** A guest with everything that a first boot can hold. */
function workplace(all: Lab): IGuest {
  const software = [Software.docker('29'), Software.git(), Software.python(), Software.nodejs('22')];
  const guest = vm(all, { software, dataDisks: { home: Size.gibibytes(50), scratch: Size.gibibytes(20) } });
  const { firstBoot } = guest;
  const [home, scratch] = guest.dataDisks as [DataDisk, DataDisk];
  firstBoot.mount(home, '/home');
  firstBoot.mount(scratch, '/var/lib/docker', { filesystem: 'xfs' });
  firstBoot.user('dev', { sshKeys: [KEY], groups: ['docker'] });
  firstBoot.user('lead', { sshKeys: [KEY], sudo: true });
  firstBoot.setTimezone('Europe/Vienna');
  firstBoot.setSwap(Size.gibibytes(2));
  firstBoot.repository('tools', {
    url: 'https://packages.example.net/debian',
    suite: 'stable',
    components: ['main', 'extra'],
    key: ARMORED,
  });
  firstBoot.install('tool');
  firstBoot.file('/etc/tool/token', Secret.fromTerraformVariable('tool_token'));
  firstBoot.file('/home/README', 'kept on a disk of its own\n');
  firstBoot.run('tool login');
  return guest;
}

const ARMORED = '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZexamplebWF0ZXJpYWw=\n-----END PGP PUBLIC KEY BLOCK-----\n';

describe('the user data of a guest', () => {
  test('holds disks, accounts, repositories, packages, files and commands; the value of a secret is put in by Terraform', () => {
    const all = lab();
    workplace(all);
    expectGolden('../../../hci/test/golden/guest/workplace.user-data.yaml', userData(all, 'web/user-data-pve-01'));
  });

  test('is the same for whoever puts secrets in otherwise', () => {
    const { firstBoot, hostName, fqdn } = workplace(lab());
    const config = cloudConfig(
      { hostName, fqdn, admin: { user: 'admin', keys: [KEY] }, firstBoot },
      secret => `{{ ${secret.describe()} }}`,
    );
    const parsed = parse(toYaml(config)) as { write_files: { path: string; content: string; encoding?: string }[] };
    expect(parsed.write_files.find(file => file.path === '/etc/tool/token')).toMatchObject({
      content: '{{ terraform:var.tool_token }}',
      encoding: 'b64',
      permissions: '0600',
    });
  });

  test('has the account of its cluster once', () => {
    const all = lab();
    vm(all).firstBoot.user('admin', { sshKeys: [KEY] });
    expect(Testing.findings(all.site)).toEqual([
      'error [web.lab.example.net] the account admin is that of its cluster already; choose another name (BOOT_USER)',
    ]);
  });

  test('never formats a disk that holds anything', () => {
    const all = lab();
    workplace(all);
    const { fs_setup } = parse(userData(all, 'web/user-data-pve-01').replace(/[$%]\{[^}]*\}/g, 'x'));
    expect(fs_setup).toMatchObject([
      { partition: 'auto', overwrite: false, label: 'home', filesystem: 'ext4' },
      { partition: 'auto', overwrite: false, label: 'scratch', filesystem: 'xfs' },
    ]);
  });

  test('does not depend on who added first', () => {
    const [one, two] = [lab(), lab()];
    const a = vm(one);
    Software.git().installOn(a);
    Software.nodejs('22').installOn(a);
    const b = vm(two);
    Software.nodejs('22').installOn(b);
    Software.git().installOn(b);
    Software.git().installOn(b);
    Software.nodejs('22').installOn(b);
    expect(userData(two, 'web/user-data-pve-01')).toBe(userData(one, 'web/user-data-pve-01'));
  });
});

describe('software is refused', () => {
  test.each<[string, (guest: IGuest) => unknown, string]>([
    [
      'at two versions',
      guest => ['22', '24'].map(major => Software.nodejs(major).installOn(guest)),
      '[lab/hypervisors/pve/web] repository nodejs is already that of https://deb.nodesource.com/node_22.x nodistro, got "https://deb.nodesource.com/node_24.x nodistro"; use one of them, or give this one another name (BOOT_REPOSITORY)',
    ],
    [
      'at two versions of one repository',
      guest => ['28', '29'].map(major => Software.docker(major).installOn(guest)),
      '[lab/hypervisors/pve/web] docker is already kept at another version, got "29"; choose one version (SOFTWARE_TWICE)',
    ],
    [
      'of a version that is none',
      () => Software.nodejs('lts'),
      '[Software.nodejs] major must be a major version of Node.js, got "lts"; write it like 22 (PROP_FORMAT)',
    ],
    [
      'of a whole version',
      () => Software.docker('29.1.3'),
      '[Software.docker] major must be a major version of Docker Engine, got "29.1.3"; write it like 29 (PROP_FORMAT)',
    ],
    [
      'for another distribution',
      () => Software.docker('29', 'fedora' as never),
      '[Software.docker] distribution must be one of debian, ubuntu, got "fedora"; write distribution: \'debian\' (PROP_CHOICE)',
    ],
  ])('%s', (_, build, text) => {
    const message = refusal(() => build(vm(lab())));
    expect(message).toBe(text);
  });
});

describe('the rules of guests', () => {
  test('find a first boot of what has no cloud-init, whatever was added', () => {
    const all = lab();
    const guest = vm(all, { template: undefined });
    guest.firstBoot.setTimezone('Europe/Vienna');
    expect(Testing.findings(all.site)).toEqual([
      'error [lab/hypervisors/pve/web] is asked for "Europe/Vienna" at its first boot, and it is made neither from a template nor from a cloud image; use a ProxmoxVm with a template or an image (FIRST_BOOT_IGNORED)',
    ]);
  });

  test('find packages of a vendor that only HTTPS has', () => {
    const all = lab();
    const guest = vm(all, { host: all.management.host('web', 20), software: [Software.docker('29')] });
    guest.connections.allowTo(Internet.of(all.site), Port.tcp(80));
    expect(Testing.findings(all.site)).toEqual([
      'warning [lab/hypervisors/pve/web] takes packages from https://download.docker.com/linux/debian at its first boot, and may connect by HTTP only; write servers.connections.allowTo(Internet.of(site), Port.tcp(443)), or to your own mirror (PACKAGES_UNREACHABLE)',
    ]);
    guest.connections.allowTo(Internet.of(all.site), Port.tcp(443));
    expect(Testing.findings(all.site)).toEqual([]);
  });
});
