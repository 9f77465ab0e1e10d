





import { ProxmoxDownloadFileResource, ProxmoxHaresourceResource, ProxmoxProvider, ProxmoxVmResource } from '@ashlar/provider-proxmox';
import { TerraformStack, Testing } from 'cdktf';

const stack = new TerraformStack(Testing.app(), 'metal'); // your own: new App()

new ProxmoxProvider(stack, 'proxmox', {
  endpoint: 'https://pve1.example.net:8006/',
  ssh: { agent: true, username: 'root', node: [{ name: 'pve1', address: '10.0.0.11' }] },
});

const image = new ProxmoxDownloadFileResource(stack, 'debian', {
  nodeName: 'pve1',
  datastoreId: 'local',
  contentType: 'import',
  url: 'https://cloud.debian.org/images/cloud/trixie/latest/debian-13-genericcloud-amd64.qcow2',
});

const web = new ProxmoxVmResource(stack, 'web', {
  nodeName: 'pve1',
  vmId: 111,
  cpu: { cores: 4, type: 'host' },
  memory: { dedicated: 8192 },
  disk: [{ interface: 'scsi0', datastoreId: 'local-zfs', size: 40, importFrom: image.id }],
  networkDevice: [{ bridge: 'vmbr0', vlanId: 20 }],
  lifecycle: { ignoreChanges: ['node_name'] }, // high availability moves it
});

new ProxmoxHaresourceResource(stack, 'web-ha', { resourceId: `vm:${web.vmId}`, state: 'started' });

console.log(Testing.synth(stack));
export {};
