import { Fn, Lazy, TerraformCount, TerraformIterator, TerraformResource, Token } from 'cdktf';
import {
  ProxmoxBackupJobResource,
  ProxmoxDownloadFileResource,
  ProxmoxHostsResource,
  ProxmoxProvider,
  ProxmoxSdnApplierResource,
  ProxmoxSdnSubnetResource,
  ProxmoxSdnZoneVlanResource,
  ProxmoxVmResource,
  type ProxmoxVmResourceProps,
} from '../src';
import { attributesOf, resolved, stack } from './stack';

const WEB: ProxmoxVmResourceProps = {
  nodeName: 'pve1',
  vmId: 111,
  cpu: { cores: 4 },
  disk: [{ interface: 'scsi0', importFrom: 'local:import/debian.qcow2' }],
};

test('keys are camel case in the props, whatever the name, and snake case in the output', () => {
  const job = new ProxmoxBackupJobResource(stack(), 'nightly', { id: 'nightly', node: 'pve1', schedule: '02:00', storage: 'pbs' });
  expect(attributesOf(job.toTerraform())).toEqual({ id: 'nightly', node: 'pve1', schedule: '02:00', storage: 'pbs' });

  const vm = new ProxmoxVmResource(stack(), 'web', WEB);
  expect(attributesOf(vm.toTerraform())).toEqual({
    cpu: { cores: 4 },
    disk: [{ import_from: 'local:import/debian.qcow2', interface: 'scsi0' }],
    node_name: 'pve1',
    vm_id: 111,
  });
});

test('an attribute that holds objects has every key, null for the unset ones', () => {
  const vm = new ProxmoxVmResource(stack(), 'web', { nodeName: 'pve1', networkDevice: [{ bridge: 'vmbr0', vlanId: 20 }] });
  expect(attributesOf(vm.toTerraform()).network_device).toEqual([
    {
      bridge: 'vmbr0',
      disconnected: null,
      enabled: null,
      firewall: null,
      mac_address: null,
      model: null,
      mtu: null,
      queues: null,
      rate_limit: null,
      trunks: null,
      vlan_id: 20,
    },
  ]);
  const job = new ProxmoxBackupJobResource(stack(), 'nightly', { id: 'n', schedule: '02:00', storage: 'pbs', fleecing: { enabled: true } });
  expect(attributesOf(job.toTerraform()).fleecing).toEqual({ enabled: true, storage: null });
});

test('a block has only the keys that are set', () => {
  const vm = new ProxmoxVmResource(stack(), 'web', { nodeName: 'pve1', agent: { enabled: true } });
  expect(attributesOf(vm.toTerraform()).agent).toEqual({ enabled: true });
});

test('the order in which props are written does not show', () => {
  const text = (props: ProxmoxVmResourceProps) => JSON.stringify(new ProxmoxVmResource(stack(), 'web', props).toTerraform());
  expect(text({ vmId: 111, nodeName: 'pve1' })).toBe(text({ nodeName: 'pve1', vmId: 111 }));
});

test('a resource whose keys are all optional needs no props', () => {
  expect(attributesOf(new ProxmoxSdnApplierResource(stack(), 'applier').toTerraform())).toEqual({});
});

describe('tokens pass untouched', () => {
  test('as strings, numbers, booleans and lists, and inside of lists', () => {
    const s = stack();
    const image = new ProxmoxDownloadFileResource(s, 'image', {
      nodeName: 'pve1',
      datastoreId: 'local',
      contentType: 'import',
      url: 'https://x',
    });
    const zone = new ProxmoxSdnZoneVlanResource(s, 'zone', { id: 'lab', bridge: 'vmbr0' });
    const other = new ProxmoxVmResource(s, 'other', WEB);
    const vm = new ProxmoxVmResource(s, 'web', {
      nodeName: Lazy.stringValue({ produce: () => 'pve2' }),
      vmId: other.vmId,
      started: other.started,
      tags: zone.nodes,
      bootOrder: [other.name, 'scsi0'],
      disk: [{ interface: 'scsi0', importFrom: image.id, size: image.size }],
    });
    expect(resolved(s, attributesOf(vm.toTerraform()))).toEqual({
      boot_order: ['${proxmox_virtual_environment_vm.other.name}', 'scsi0'],
      disk: [{ import_from: '${proxmox_download_file.image.id}', interface: 'scsi0', size: '${proxmox_download_file.image.size}' }],
      node_name: 'pve2',
      started: '${proxmox_virtual_environment_vm.other.started}',
      tags: '${tolist(proxmox_sdn_zone_vlan.zone.nodes)}',
      vm_id: '${proxmox_virtual_environment_vm.other.vm_id}',
    });
  });

  test('as a whole block, an entry of one, or a map', () => {
    const s = stack();
    const vm = new ProxmoxVmResource(s, 'web', {
      nodeName: 'pve1',
      cpu: Lazy.anyValue({ produce: () => ({ cores: 2 }) }),
      disk: [Lazy.anyValue({ produce: () => ({ interface: 'scsi0' }) })],
      memory: Token.asAnyMap(Fn.jsondecode('{}')) as object,
      usb: Token.asList(Fn.jsondecode('[]')) as never,
    });
    expect(resolved(s, attributesOf(vm.toTerraform()))).toEqual({
      cpu: { cores: 2 },
      disk: [{ interface: 'scsi0' }],
      memory: '${jsondecode("{}")}',
      node_name: 'pve1',
      usb: '${jsondecode("[]")}',
    });
    const job = new ProxmoxBackupJobResource(s, 'job', {
      id: 'n',
      schedule: '02:00',
      storage: 'pbs',
      pruneBackups: Token.asStringMap(Fn.jsondecode('{}')),
    });
    expect(resolved(s, attributesOf(job.toTerraform()))).toMatchObject({ prune_backups: '${jsondecode("{}")}' });
  });

  test('as a dynamic block', () => {
    const s = stack();
    const sizes = TerraformIterator.fromList([10, 20] as never);
    const dynamic = { for_each: '${toset([10, 20])}', iterator: 'each' };
    const vm = new ProxmoxVmResource(s, 'web', { nodeName: 'pve1', disk: sizes.dynamic({ interface: 'scsi0', size: sizes.value }) });
    expect(resolved(s, attributesOf(vm.toTerraform()))).toEqual({
      dynamic: { disk: { ...dynamic, content: { interface: 'scsi0', size: '${each.value}' } } },
      node_name: 'pve1',
    });
    const job = { nodeName: 'pve1', initialization: { ipConfig: sizes.dynamic({ ipv4: { address: 'dhcp' } }) } };
    expect(resolved(s, attributesOf(new ProxmoxVmResource(s, 'nested', job).toTerraform())).initialization).toEqual({
      dynamic: { ip_config: { ...dynamic, content: { ipv4: { address: 'dhcp' } } } },
    });
  });
});

test('references are made when they are asked for, and are those of cdktf', () => {
  const s = stack();
  const vm = new ProxmoxVmResource(s, 'web', WEB);
  const job = new ProxmoxBackupJobResource(s, 'job', { id: 'n', schedule: '02:00', storage: 'pbs' });
  const hosts = new ProxmoxHostsResource(s, 'hosts', { nodeName: 'pve1', entry: [{ address: '10.0.0.1', hostnames: ['a'] }] });
  expect(Object.keys(vm)).not.toContain('vmId');
  expect(resolved(s, [vm.vmId, vm.started, vm.macAddresses])).toEqual([
    '${proxmox_virtual_environment_vm.web.vm_id}',
    '${proxmox_virtual_environment_vm.web.started}',
    '${proxmox_virtual_environment_vm.web.mac_addresses}',
  ]);
  expect(job.node.path).toBe('metal/job');
  expect(resolved(s, job.nodeAttribute)).toBe('${proxmox_backup_job.job.node}');
  expect(resolved(s, vm.getStringAttribute('disk.0.path_in_datastore'))).toBe(
    '${proxmox_virtual_environment_vm.web.disk.0.path_in_datastore}',
  );
  expect(resolved(s, Fn.lookupNested(vm.ipv4Addresses, [1, 0]))).toBe('${proxmox_virtual_environment_vm.web.ipv4_addresses.1.0}');
  expect(resolved(s, hosts.addresses)).toBe('${proxmox_virtual_environment_hosts.hosts.addresses}');
});

describe('a fragment is the same as from cdktf', () => {
  const s = stack();
  const provider = new ProxmoxProvider(s, 'second', { alias: 'second', endpoint: 'https://pve:8006/' });
  const zone = new ProxmoxSdnZoneVlanResource(s, 'zone', { id: 'lab', bridge: 'vmbr0' });
  const overridden = new ProxmoxVmResource(s, 'overridden', { ...WEB, tags: ['a'] });
  overridden.addOverride('cpu.cores', 8);
  overridden.addOverride('tags', ['b']);
  overridden.addOverride('disk.0.size', 10);
  const imported = new ProxmoxVmResource(s, 'imported', WEB);
  imported.importFrom('pve1/111');
  const moved = new ProxmoxVmResource(s, 'moved', WEB);
  moved.moveFromId('proxmox_virtual_environment_vm.former');
  const subnet = new ProxmoxSdnSubnetResource(s, 'subnet', {
    vnet: 'lab',
    cidr: '10.0.0.0/24',
    dhcpRange: { startAddress: '10.0.0.10', endAddress: '10.0.0.20' },
  });

  test.each([
    ['plain', new ProxmoxVmResource(s, 'plain', WEB)],
    ['with a nested object', subnet],
    ['with a dependency and a provider', new ProxmoxVmResource(s, 'dependent', { ...WEB, dependsOn: [zone], provider })],
    [
      'with ignored changes',
      new ProxmoxVmResource(s, 'ignoring', { ...WEB, lifecycle: { ignoreChanges: ['node_name'], preventDestroy: true } }),
    ],
    ['with a trigger', new ProxmoxVmResource(s, 'triggered', { ...WEB, lifecycle: { replaceTriggeredBy: [zone] } })],
    [
      'with a condition',
      new ProxmoxVmResource(s, 'checked', { ...WEB, lifecycle: { precondition: [{ condition: 'true', errorMessage: 'never' }] } }),
    ],
    ['with a count', new ProxmoxVmResource(s, 'counted', { ...WEB, count: TerraformCount.of(2) })],
    ['for each', new ProxmoxVmResource(s, 'each', { ...WEB, forEach: TerraformIterator.fromList(['a']) })],
    ['with a provisioner', new ProxmoxVmResource(s, 'provisioned', { ...WEB, provisioners: [{ type: 'local-exec', command: 'true' }] })],
    ['overridden', overridden],
    ['imported', imported],
    ['moved', moved],
  ])('%s', (_, resource) => {
    const ours = resolved(s, resource.toTerraform());
    expect(ours).toEqual(resolved(s, TerraformResource.prototype.toTerraform.call(resource)));
    expect(resolved(s, resource.toTerraform())).toEqual(ours); // a second time gives the same
  });
});

test('HCL output is refused, since it would be empty', () => {
  const vm = new ProxmoxVmResource(stack(), 'web', WEB);
  expect(() => vm.toHclTerraform()).toThrow(
    '[metal/web] these bindings render Terraform JSON only; unset SYNTH_HCL_OUTPUT (PROXMOX_NO_HCL)',
  );
});
