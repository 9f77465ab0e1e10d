import { Testing } from '@ashlar/core/testing';
import { Vlan } from '@ashlar/network';
import { ProxmoxContainer, ProxmoxVm, SdnVnet, SdnZone } from '../../../src';
import { GUEST, lab } from '../../lab';
import { resourcesOf } from '../resources';

test('guests on a vnet are connected to it after it was applied, and no switch needs to know', () => {
  const { site, pve, debian, rootfs } = lab();
  const guests = new Vlan(site, 'guests', { tag: 30, ipv4: '10.30.0.0/24' });
  new SdnVnet(new SdnZone(pve, 'overlay', { type: 'vxlan' }), 'guests', { vlan: guests });
  new ProxmoxVm(pve, 'web', { ...GUEST, node: 'pve-01', host: guests.host('web', 20), template: debian, stateful: false });
  new ProxmoxContainer(pve, 'dns', { ...GUEST, node: 'pve-01', host: guests.host('dns', 53), image: rootfs, stateful: false });
  const vm = resourcesOf(site, 'proxmox_virtual_environment_vm').find(({ name }) => name === 'web');
  const [container] = resourcesOf(site, 'proxmox_virtual_environment_container');
  expect(vm?.network_device).toMatchObject([{ bridge: 'guests', mtu: 1450, vlan_id: null }]);
  expect(container?.network_interface).toMatchObject([{ bridge: 'guests', mtu: 1450 }]);
  for (const guest of [vm, container]) {
    expect(guest?.depends_on).toContainEqual(expect.stringMatching(/^proxmox_sdn_applier\..*applied/));
  }
  expect(Testing.findings(site).filter(text => text.includes('VLAN_NOT_TRUNKED'))).toEqual([]);
});
