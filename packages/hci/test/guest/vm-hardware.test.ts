import { Bandwidth, Size, Version } from '@ashlar/core';
import { Testing } from '@ashlar/core/testing';
import { expectGolden } from '../../../network/test/golden';
import { InstallerImage, VmTemplate } from '../../src';
import { CHECKSUM, lab } from '../lab';
import { type Lab, refusal, resource, VM, vm } from './guests';

const WINDOWS = { template: undefined, installer: InstallerImage.of('https://images.example.net/win11.iso', CHECKSUM), osType: 'win11' };

describe('the hardware of a virtual machine', () => {
  test('has for Windows 11 what it refuses to start without', () => {
    const all = lab();
    vm(all, WINDOWS);
    expect(resource(all, VM, 'web/vm')).toMatchObject({
      bios: 'ovmf',
      efi_disk: { datastore_id: 'tank', type: '4m', pre_enrolled_keys: true },
      tpm_state: { datastore_id: 'tank', version: 'v2.0' },
      operating_system: { type: 'win11' },
    });
  });

  test('has for Linux a TPM when asked', () => {
    const all = lab();
    vm(all, { tpm: true });
    expect(resource(all, VM, 'web/vm')).toMatchObject({ bios: 'seabios', tpm_state: { version: 'v2.0' } });
  });

  test('has devices of its node by the names of their mappings', () => {
    const all = lab();
    vm(all, { pciDevices: ['gpu', 'nic'], usbDevices: ['dongle'] });
    expect(resource(all, VM, 'web/vm')).toMatchObject({
      hostpci: [
        { device: 'hostpci0', mapping: 'gpu', pcie: true },
        { device: 'hostpci1', mapping: 'nic', pcie: true },
      ],
      usb: [{ mapping: 'dongle' }],
    });
  });

  test('sends no more than its ports may', () => {
    const all = lab();
    vm(all, { nicRate: Bandwidth.megabits(400) });
    expect(resource(all, VM, 'web/vm').network_device).toMatchObject([{ rate_limit: 50 }]);
  });

  test('leaves what root alone may set to a command for root, and Terraform away from it', () => {
    const all = lab();
    vm(all, { hugePages: '1 GiB', cpuAffinity: '0-1,3' });
    const { cpu, memory, lifecycle } = resource(all, VM, 'web/vm');
    expect(cpu).toEqual({ cores: 2, sockets: 1, type: 'x86-64-v2-AES', numa: true });
    expect(memory).toEqual({ dedicated: 4096, floating: 0 });
    expect(lifecycle).toEqual({ ignore_changes: ['clone', 'cpu[0].affinity', 'memory[0].hugepages'], prevent_destroy: true });
    expectGolden('../../../hci/test/golden/guest/100.sh', Testing.files(all.site)['devices/proxmox/pve/100.sh']);
  });
});

describe('hardware is refused', () => {
  test.each<[string, (all: Lab) => unknown, string]>([
    [
      'Windows 11 from a BIOS',
      all => vm(all, { ...WINDOWS, firmware: 'seabios' }),
      '[lab/hypervisors/pve/web] is to run Windows 11, which starts from UEFI only, got "seabios"; write firmware: \'ovmf\', or leave it out (VM_FIRMWARE)',
    ],
    [
      'Windows 11 from a template with a BIOS',
      all => vm(all, { osType: 'win11' }),
      '[lab/hypervisors/pve/web] is to run Windows 11, which starts from UEFI only, got "seabios"; give the template firmware: \'ovmf\' (VM_FIRMWARE)',
    ],
    [
      'other firmware than that of the template',
      all => vm(all, { template: new VmTemplate(all.pve, 'efi', { image: all.image, firmware: 'ovmf' }), firmware: 'seabios' }),
      '[lab/hypervisors/pve/web] has firmware seabios, and its template lab/hypervisors/pve/efi was made for ovmf; leave firmware out, or change that of the template (VM_FIRMWARE)',
    ],
    [
      'Windows 11 without a TPM',
      all => vm(all, { ...WINDOWS, tpm: false }),
      '[lab/hypervisors/pve/web] is to run Windows 11, which refuses to start without a TPM; leave tpm out (VM_TPM)',
    ],
    [
      'huge pages without NUMA',
      all => vm(all, { hugePages: '2 MiB', numa: false }),
      '[lab/hypervisors/pve/web] has hugePages, which Proxmox VE takes from the memory near a processor, and numa: false; leave numa out (VM_NUMA)',
    ],
    [
      'memory that does not fill its pages',
      all => vm(all, { hugePages: '1 GiB', memory: Size.mebibytes(1536) }),
      '[lab/hypervisors/pve/web] memory is 1536 MiB, which pages of 1 GiB do not fill; give it a multiple of 1 GiB, or smaller pages (VM_HUGE_PAGES)',
    ],
    [
      'pages of another size',
      all => vm(all, { hugePages: '4 MiB' }),
      '[lab/hypervisors/pve/web] hugePages must be one of 2 MiB, 1 GiB, got "4 MiB"; write hugePages: \'2 MiB\' (PROP_CHOICE)',
    ],
    [
      'fewer threads than cores',
      all => vm(all, { cpuAffinity: '2' }),
      '[lab/hypervisors/pve/web] has 2 cores on 1 thread of its node, which wait for each other, got "2"; name 2 threads or more in cpuAffinity (VM_AFFINITY)',
    ],
    [
      'a thread that its node does not have',
      all => vm(all, { cpuAffinity: '2-5' }),
      '[lab/hypervisors/pve/web] is to run on thread 5, and node pve-01 has threads 0 to 3, got "2-5"; choose others (VM_AFFINITY)',
    ],
    [
      'a list of threads in words',
      all => vm(all, { cpuAffinity: 'all' }),
      '[lab/hypervisors/pve/web] cpuAffinity must be numbers and ranges of threads, got "all"; write it like 0-3,8 (PROP_FORMAT)',
    ],
    [
      'a device by its address',
      all => vm(all, { pciDevices: ['0000:01:00.0'] }),
      '[lab/hypervisors/pve/web] pciDevices are named by their mappings: Proxmox VE takes an address from root alone, and not from a token, got "0000:01:00.0"; make a mapping of the device under Datacenter, Resource Mappings, and write its name (VM_PASSTHROUGH)',
    ],
    [
      'a device twice',
      all => vm(all, { usbDevices: ['dongle', 'dongle'] }),
      '[lab/hypervisors/pve/web] usbDevices names dongle twice, which one device cannot be; name each once (VM_PASSTHROUGH)',
    ],
    [
      'a device of a guest that moves',
      all => vm(all, { node: undefined, highAvailability: {}, pciDevices: ['gpu'] }),
      '[lab/hypervisors/pve/web] is highly available, and what is passed through to it, gpu, does not move; leave highAvailability out, and name its node (VM_PASSTHROUGH)',
    ],
    [
      'a port that sends next to nothing',
      all => vm(all, { nicRate: Bandwidth.megabits(4) }),
      '[lab/hypervisors/pve/web] nicRate must be at least 8 Mb/s, got "4 Mb/s"; write Bandwidth.megabits(100) (GUEST_NIC_RATE)',
    ],
  ])('%s', (_, build, text) => {
    const message = refusal(() => build(lab()));
    expect(message).toBe(text);
  });
});

describe('Terraform', () => {
  test('takes nothing that a guest under HA was made from for a reason to create it again, and refuses what is left', () => {
    const all = lab();
    vm(all, { node: undefined, highAvailability: {}, stateful: false });
    const { lifecycle, migrate, initialization } = resource(all, VM, 'web/vm');
    expect({ lifecycle, migrate }).toEqual({ migrate: true, lifecycle: { ignore_changes: ['clone', 'node_name'], prevent_destroy: true } });
    // The name of the user data is that of the id alone: another name of the guest is no other guest.
    expect(initialization).toMatchObject({ user_data_file_id: 'files:snippets/100.user-data.yaml' });
  });

  test('has the same guest when it gets another name, moves to another node, or its template is made anew', () => {
    const made = (host: string, node: string) => {
      const all = lab();
      vm(all, { host: all.servers.host(host, 20), node, vmId: 150 });
      const { clone, vm_id, initialization, lifecycle } = resource(all, VM, 'web/vm');
      const file = (initialization as { user_data_file_id: string }).user_data_file_id;
      return { clone, kept: { vm_id, file, lifecycle } };
    };
    const [before, after] = [made('web', 'pve-01'), made('www', 'pve-02')];
    expect(after.kept).toEqual(before.kept);
    expect(after.clone).not.toEqual(before.clone);
    expect(before.kept.lifecycle).toMatchObject({ ignore_changes: ['clone'] });
  });

  test('before Proxmox VE 8.4 does not take another image for another guest either', () => {
    const all = lab({ version: Version.of('8.2') });
    vm(all, { template: undefined, image: all.image });
    expect(resource(all, VM, 'web/vm').lifecycle).toEqual({ ignore_changes: ['disk[0].file_id'], prevent_destroy: true });
  });
});
