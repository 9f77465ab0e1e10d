import { ProxmoxProvider, ProxmoxVmResource } from '../src';
import { stack } from './stack';

test('the provider is pinned to the version of the lock', () => {
  const provider = new ProxmoxProvider(stack(), 'pve', {
    endpoint: 'https://pve1:8006/',
    insecure: false,
    ssh: { agent: true, username: 'root', node: [{ name: 'pve1', address: '10.0.0.11' }] },
  });
  expect(provider.toTerraform()).toEqual({
    terraform: { required_providers: { proxmox: { source: 'bpg/proxmox', version: '0.111.1' } } },
    provider: {
      proxmox: [
        {
          endpoint: 'https://pve1:8006/',
          insecure: false,
          ssh: { agent: true, username: 'root', node: [{ name: 'pve1', address: '10.0.0.11' }] },
        },
      ],
    },
  });
});

test('a second configuration has an alias, by which resources name it', () => {
  const s = stack();
  const provider = new ProxmoxProvider(s, 'east', { alias: 'east', endpoint: 'https://east:8006/' });
  const vm = new ProxmoxVmResource(s, 'web', { nodeName: 'pve1', provider });
  expect(provider.toTerraform().provider).toEqual({ proxmox: [{ alias: 'east', endpoint: 'https://east:8006/' }] });
  expect(vm.toTerraform()).toMatchObject({ resource: { proxmox_virtual_environment_vm: { web: { provider: 'proxmox.east' } } } });
});
