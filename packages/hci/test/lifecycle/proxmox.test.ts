import { type ILifecycle, pathOf, Secret } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { PfSense } from '@ashlar/network';
import { TerraformWorkspace } from '@ashlar/terraform';
import { LocalBackend } from 'cdktf';
import {
  CloudImage,
  InstallerImage,
  NfsStorage,
  type ProxmoxCluster,
  ProxmoxContainer,
  ProxmoxInstallation,
  type ProxmoxNode,
  ProxmoxTenant,
  ProxmoxVm,
  VmTemplate,
} from '../../src';
import { expectGolden } from '../golden';
import { CHECKSUM, GUEST, lab } from '../lab';
import { ids, needs, told } from './told';

const TOKEN = Secret.fromTerraformVariable('proxmox_api_token');
const ISO = ['https://images.example.net/pfsense-2.8.1.iso', CHECKSUM] as const;
const ground = (of: ProxmoxCluster | ProxmoxTenant) => of.node.findChild('before-apply') as unknown as ILifecycle;

/** A cluster with guests that stay, and one under HA. */
function house(count = 3) {
  const parts = lab({}, count);
  const { pve, servers, debian, rootfs } = parts;
  const moving = count > 1 ? { highAvailability: {} } : {};
  new ProxmoxVm(pve, 'db', { ...GUEST, host: servers.host('db', 20), template: debian, node: 'pve-01', ...moving });
  new ProxmoxContainer(pve, 'ns1', { ...GUEST, host: servers.host('ns1', 21), image: rootfs, node: 'pve-01' });
  return parts;
}

function tenantOf({ site, pve }: ReturnType<typeof lab>, ownImages?: boolean) {
  const workspace = new TerraformWorkspace(site, 'guests', {
    backend: stack => new LocalBackend(stack, { path: 'terraform.tfstate' }),
  });
  return { workspace, tenant: new ProxmoxTenant(workspace.stack, 'guests', { cluster: pve, apiToken: TOKEN, ownImages }) };
}

describe('nodes', () => {
  test('are installed side by side, and join one after the other', () => {
    const [first, second, third] = lab().pve.nodes as [ProxmoxNode, ProxmoxNode, ProxmoxNode];
    expect(needs(first)).toEqual(['lab/hypervisors/pve/pve-01/system for its operating system']);
    expect(needs(third)).toEqual([
      'lab/hypervisors/pve/pve-03/system for its operating system',
      'lab/hypervisors/pve/pve-02 for the cluster that it joins',
    ]);
    expect(needs(second.system)).toEqual([]);
    expect(second.system.placement.standsOn.flat().map(pathOf)).toEqual(['lab/rack/pve-02']);
  });

  test('are installed by hand, with what one has to type', () => {
    const [first, second] = lab().pve.nodes as [ProxmoxNode, ProxmoxNode];
    expectGolden('lifecycle/node-by-hand.txt', [first.system, first, second].map(one => told(one.lifecycle.start)).join('\n'));
    expect(first.system.lifecycle.start?.[0]?.destroys).toBe('what is on the disks that pve-01 boots from');
  });

  test('are installed from their files when the model has them, and get a third vote when all are in', () => {
    const { pve } = lab(({ management }) => ({ qdevice: management.host('witness', 30) }), 2);
    for (const machine of pve.nodes.flatMap(node => node.machine ?? []))
      Object.assign(machine.disks[0] ?? {}, { device: '/dev/disk/by-id/ata-X' });
    const installation = new ProxmoxInstallation(pve, 'installation', {
      country: 'de',
      mailto: 'ops@example.net',
      bootDisks: ['ssd'],
      rootPassword: Secret.fromSops('secrets.yaml', 'pve_root'),
    });
    const [first, second] = pve.nodes as [ProxmoxNode, ProxmoxNode];
    expectGolden('lifecycle/node-from-files.txt', [first.system, second, installation].map(one => told(one.lifecycle.start)).join('\n'));
    expect(needs(installation)).toEqual([
      'lab/hypervisors/pve/pve-01 for a cluster that all have joined',
      'lab/hypervisors/pve/pve-02 for a cluster that all have joined',
      'lab/management/witness for the third vote',
    ]);
    expect(second.lifecycle.uses).toEqual([{ name: '192.168.1.1', for: 'the packages of its third vote' }]);
  });

  test('of a cluster of one join nothing, wait for nobody, and have no third vote', () => {
    const { pve } = house(1);
    const [only] = pve.nodes as [ProxmoxNode];
    expect(ids(only.lifecycle.start)).toEqual([]);
    expect(ids(only.lifecycle.upgrade)).toEqual(['release']);
    expect(ids(only.lifecycle.replace?.(only.machine as never)?.join)).toEqual(['storages']);
  });

  test('are upgraded empty of what HA moves, and the next one waits for all votes', () => {
    const { pve } = house();
    const [, second] = pve.nodes as [ProxmoxNode, ProxmoxNode];
    expectGolden('lifecycle/node-upgrade.txt', told(second.lifecycle.upgrade));
  });

  test('are replaced: emptied, forgotten, and joined by another that has their name', () => {
    const { pve, machines } = house();
    const [first] = pve.nodes as [ProxmoxNode];
    const found = first.lifecycle.replace?.(machines[0] as never);
    expectGolden('lifecycle/node-replace.txt', `${told(found?.leave)}\n${told(found?.join)}`);
    expect(first.lifecycle.replace?.(machines[1] as never)).toBeUndefined();
  });
});

describe('a cluster', () => {
  test('comes with its state, which needs its nodes', () => {
    const { pve, workspace } = lab();
    expect(needs(pve)).toEqual(['lab/hypervisors for its storages and guests']);
    expect(needs(workspace)).toEqual(['lab/hypervisors/pve/before-apply for what its guests are made from']);
    expect(needs(ground(pve))).toEqual([1, 2, 3].map(n => `lab/hypervisors/pve/pve-0${n} for the cluster that it configures`));
  });

  test('goes down with its guests first, and HA disarmed, so that no watchdog fires', () => {
    expectGolden('lifecycle/cluster-stop.txt', told(house().pve.lifecycle.stop));
    expect(ids(house(1).pve.lifecycle.stop)).toEqual(['guests']);
    expect(ids(lab().pve.lifecycle.stop)).toEqual([]);
  });

  test('needs the way to its images, the way out of guests that install packages, and the servers of its storages', () => {
    const { pve, management } = house();
    new NfsStorage(pve, 'vault', { server: management.host('vault', 40), export: '/srv/vault', content: ['backup'] });
    expect(ground(pve).lifecycle.uses).toEqual([
      { name: '10.20.0.1', for: 'the packages of first boots' },
      { name: '192.168.1.1', for: 'the way to its images' },
      { name: '192.168.1.40', for: 'the storage vault' },
      { name: 'fd20:0:0:20::1', for: 'names at first boots' },
      { name: 'images.example.net', for: 'its images' },
    ]);
  });
});

describe('an image that is put in place by hand', () => {
  const gateway = (parts: ReturnType<typeof lab>) => {
    const uplink = parts.servers.host('gateway', 250);
    const installer = InstallerImage.byHand(...ISO);
    const place = { host: uplink, otherNics: [parts.management], node: 'pve-01', stateful: false };
    new ProxmoxVm(parts.pve, 'gateway', { ...GUEST, ...place, installer, routes: true });
    const ports = { wanInterface: 'vtnet0', lanInterface: 'vtnet1' };
    return new PfSense(parts.site, 'pfsense', { wan: uplink, ...ports, management: parts.management, segments: [] });
  };

  test('is no resource, and a step before the state is applied', () => {
    const parts = lab();
    gateway(parts);
    expectGolden('lifecycle/image-by-hand.txt', told(ground(parts.pve).lifecycle.start));
    const { resource } = JSON.parse(Testing.files(parts.site)['terraform/hypervisors/cdk.tf.json'] as string);
    const downloads = Object.values(resource.proxmox_download_file ?? {}) as { url: string }[];
    expect(downloads.map(({ url }) => url)).not.toContain(ISO[0]);
    const [vm] = Object.values(resource.proxmox_virtual_environment_vm) as { cdrom: { file_id: string } }[];
    expect(vm?.cdrom.file_id).toBe('files:iso/pfsense-2.8.1-01234567.iso');
  });

  test('lets a gateway come up without the Internet, which it leads to itself', () => {
    const parts = lab();
    const pfsense = gateway(parts);
    expect(needs(pfsense)).toEqual(['lab/hypervisors/pve/gateway for what it runs on']);
    expect(ground(parts.pve).lifecycle.uses).toEqual([]);
  });

  test('may be one of a cloud', () => {
    const { pve, servers } = lab();
    const image = CloudImage.byHand('https://images.example.net/vyos-1.5.qcow2', CHECKSUM);
    new ProxmoxVm(pve, 'router', { ...GUEST, host: servers.host('router', 9), image, node: 'pve-01' });
    expect(ids(ground(pve).lifecycle.start)).toEqual(['import-vyos-1.5-01234567.qcow2']);
  });
});

describe('a tenant', () => {
  test('comes after the cluster, and needs what its own guests need', () => {
    const parts = lab();
    const { tenant, workspace } = tenantOf(parts);
    const host = parts.servers.host('web', 30);
    new ProxmoxVm(tenant, 'web', { ...GUEST, host, template: parts.debian, node: 'pve-01' });
    expect(needs(workspace)).toEqual(['lab/guests/guests/before-apply for what its guests are made from']);
    expect(needs(ground(tenant))).toEqual(['lab/hypervisors/pve for storages, templates and its pool']);
    expect(ground(tenant).lifecycle.uses?.map(({ name }) => name)).toEqual(['10.20.0.1', 'fd20:0:0:20::1']);
  });

  test('with images of its own downloads them in its own state', () => {
    const parts = lab();
    const { tenant } = tenantOf(parts, true);
    const image = CloudImage.of('https://images.example.net/20261101/debian-13-genericcloud-amd64.qcow2', CHECKSUM.replace('0', '1'));
    const template = new VmTemplate(tenant, 'newer', { image });
    new ProxmoxVm(tenant, 'web', { ...GUEST, host: parts.servers.host('web', 30), template, node: 'pve-01' });
    const files = Testing.files(parts.site);
    const urls = (state: string) => {
      const { resource } = JSON.parse(files[`terraform/${state}/cdk.tf.json`] as string);
      return Object.values((resource.proxmox_download_file ?? {}) as Record<string, { url: string }>).map(({ url }) => url);
    };
    expect(urls('guests')).toEqual([image.url]);
    expect(urls('hypervisors')).not.toContain(image.url);
    expect(ground(tenant).lifecycle.uses).toContainEqual({ name: '192.168.1.1', for: 'the way to its images' });
  });

  test('and the cluster cannot both download one file', () => {
    const parts = lab();
    const { tenant } = tenantOf(parts, true);
    new ProxmoxContainer(parts.pve, 'ns1', { ...GUEST, host: parts.servers.host('ns1', 21), image: parts.rootfs, node: 'pve-01' });
    const host = parts.servers.host('ns2', 22);
    expect(() => new ProxmoxContainer(tenant, 'ns2', { ...GUEST, host, image: parts.rootfs, node: 'pve-01' })).toThrow(
      '[lab/guests/guests/ns2] is made from files:vztmpl/debian-13-standard_13.1-1_amd64-01234567.tar.zst, which is in the state of lab/hypervisors/pve; let one state hold both guests, or put the file on another storage (IMAGE_TWO_STATES)',
    );
  });

  test('has images of its own or not', () => {
    const parts = lab();
    expect(() => tenantOf(parts, 'yes' as unknown as boolean)).toThrow(
      '[lab/guests/guests] ownImages must be true or false, got "yes"; write ownImages: true (PROP_TYPE)',
    );
  });
});
