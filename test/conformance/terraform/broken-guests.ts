import type { Broken } from './broken';
import type { Resource } from './configuration';

const VM = 'proxmox_virtual_environment_vm';
const CONTAINER = 'proxmox_virtual_environment_container';

const USB = Array.from({ length: 15 }, (_, i) => ({ mapping: `dongle-${i}` }));

type Spoilt = (resource: Resource) => unknown;

/** What the API refuses of the hardware of a virtual machine: title, what is done to it, what the refusal must say. */
const VMS: readonly (readonly [title: string, spoil: Spoilt, reason: RegExp])[] = [
  [
    'a PCI device by half an address',
    vm => Object.assign(vm, { hostpci: [{ device: 'hostpci0', id: '01:0' }] }),
    /hostpci\[0\]\.id.*must match/,
  ],
  ['a seventeenth PCI device', vm => Object.assign(vm, { hostpci: [{ device: 'hostpci16', mapping: 'gpu' }] }), /ends at hostpci15/],
  [
    'a PCI device in a slot for disks',
    vm => Object.assign(vm, { hostpci: [{ device: 'scsi9', mapping: 'gpu' }] }),
    /"scsi\[n\]" of .* no key "mapping"/,
  ],
  [
    'a mapping of a PCI device that begins with a digit',
    vm => Object.assign(vm, { hostpci: [{ device: 'hostpci0', mapping: '3dcard' }] }),
    /hostpci\[0\]\.mapping.*pve-configid/,
  ],
  [
    'a mediated device with a dot',
    vm => Object.assign(vm, { hostpci: [{ device: 'hostpci0', mapping: 'gpu', mdev: 'nvidia.63' }] }),
    /mdev.*must match/,
  ],
  [
    'two files for one ROM',
    vm => Object.assign(vm, { hostpci: [{ device: 'hostpci0', mapping: 'gpu', rom_file: 'a.rom,b.rom' }] }),
    /rom_file.*must match/,
  ],
  [
    'a mapping of a USB device with a space',
    vm => Object.assign(vm, { usb: [{ mapping: 'my dongle' }] }),
    /usb\[0\]\.mapping.*pve-configid/,
  ],
  ['a USB device by its name', vm => Object.assign(vm, { usb: [{ host: 'keyboard' }] }), /usb\[0\]\.host.*must match/],
  ['a fifteenth USB device', vm => Object.assign(vm, { usb: USB }), /ends at usb13, got usb14/],
  [
    'a TPM of a version that there is not',
    vm => Object.assign(vm, { tpm_state: { version: 'v3.0' } }),
    /tpm_state\[0\]\.version.*v1\.2, v2\.0/,
  ],
  [
    'a TPM on a storage with a space',
    vm => Object.assign(vm, { tpm_state: { datastore_id: 'my disks' } }),
    /tpm_state\[0\]\.datastore_id.*pve-volume-id/,
  ],
  ['UEFI variables of 8 MB', vm => Object.assign(vm, { efi_disk: { type: '8m' } }), /efi_disk\[0\]\.type.*2m, 4m/],
  ['threads from one to another with dots', vm => Object.assign(vm.cpu, { affinity: '0..3' }), /affinity.*pve-cpuset/],
  ['a share of processors of 0', vm => Object.assign(vm.cpu, { units: 0 }), /cpu\[0\]\.units.*at least 1/],
  ['pages of 4 MiB', vm => Object.assign(vm.memory, { hugepages: '4' }), /hugepages.*any, 2, 1024/],
  ['a data disk from a file of no storage', vm => Object.assign(vm.disk[1], { import_from: 'debian.qcow2' }), /import_from.*volume-id/],
  ['a data disk with half a serial number', vm => Object.assign(vm.disk[1], { serial: 'x'.repeat(61) }), /serial.*at most 60/],
  ['a rate below zero', vm => Object.assign(vm.network_device[0], { rate_limit: -1 }), /rate_limit.*at least 0/],
  ['a start before the first', vm => Object.assign(vm, { startup: { order: -1 } }), /startup\[0\]\.order.*at least 0/],
  ['a CD of no storage', vm => Object.assign(vm, { cdrom: { interface: 'ide3', file_id: 'win11' } }), /cdrom\[0\]\.file_id.*qm-path/],
  [
    'user data of no storage',
    vm => Object.assign(vm.initialization, { user_data_file_id: 'user-data.yaml' }),
    /user_data_file_id.*pve-volume-id/,
  ],
  [
    'a gateway and no address',
    vm => Object.assign(vm.initialization, { ip_config: [{ ipv4: { gateway: '10.30.0.1' } }] }),
    /gateway.*requires "ip"/,
  ],
  ['a resolver with an underscore', vm => Object.assign(vm.initialization.dns, { servers: ['resolver_1'] }), /dns\[0\]\.servers.*address/],
];

/** The same of a container. */
const CONTAINERS: readonly (readonly [title: string, spoil: Spoilt, reason: RegExp])[] = [
  ['a volume that is mounted above', ct => Object.assign(ct.mount_point[0], { path: '/srv/../etc' }), /mount_point\[0\]\.path.*lxc-mp/],
  ['a volume that is mounted at a dot', ct => Object.assign(ct.mount_point[0], { path: '/srv/.' }), /mount_point\[0\]\.path.*lxc-mp/],
  ['a volume of 40 gigabytes in words', ct => Object.assign(ct.mount_point[0], { size: '40 GB' }), /mount_point\[0\]\.size.*disk-size/],
  ['a volume that is mounted with sync', ct => Object.assign(ct.mount_point[0], { mount_options: ['sync'] }), /mount_options.*must match/],
  ['a limit of 9000 threads', ct => Object.assign(ct.cpu, { limit: 9000 }), /cpu\[0\]\.limit.*at most 8192/],
  ['a share of 600000', ct => Object.assign(ct.cpu, { units: 600_000 }), /cpu\[0\]\.units.*at most 500000/],
  ['swap below zero', ct => Object.assign(ct.memory, { swap: -1 }), /memory\[0\]\.swap.*at least 0/],
  ['a file system with a dash', ct => Object.assign(ct.features, { mount: ['fuse-nfs'] }), /features\[0\]\.mount.*must match/],
  ['a console of no kind', ct => Object.assign(ct, { console: { type: 'serial' } }), /console\[0\]\.type.*shell, console, tty/],
  ['seven terminals', ct => Object.assign(ct, { console: { tty_count: 7 } }), /tty_count.*at most 6/],
  [
    'a device outside of /dev',
    ct => Object.assign(ct, { device_passthrough: [{ path: '/sys/gpu' }] }),
    /device_passthrough\[0\]\.path.*lxc-dev/,
  ],
  [
    'a device with a mode of three digits',
    ct => Object.assign(ct, { device_passthrough: [{ path: '/dev/ttyUSB0', mode: '666' }] }),
    /device_passthrough\[0\]\.mode.*must match/,
  ],
  ['a host name with an underscore', ct => Object.assign(ct.initialization, { hostname: 'my_mail' }), /hostname.*dns-name/],
  ['a container with a resolver by its name', ct => Object.assign(ct.initialization.dns, { servers: ['resolver'] }), /servers.*lxc-ip/],
];

export const GUESTS: readonly Broken[] = [
  ...VMS.map(([title, spoil, reason]): Broken => ({ title, type: VM, spoil, reason })),
  ...CONTAINERS.map(([title, spoil, reason]): Broken => ({ title, type: CONTAINER, spoil, reason })),
];
