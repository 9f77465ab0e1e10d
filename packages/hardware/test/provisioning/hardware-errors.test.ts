import { Duration, Size } from '@ashlar/core';
import { BootHardware, Disk } from '../../src';
import { type Act, any, message } from './error-lab';

describe('hardware', () => {
  test.each<[statement: string, act: Act, text: string]>([
    [
      'is made in a stack',
      lab => {
        new BootHardware(any(lab.site), 'pve-01', lab.of(lab.pve01, 11));
      },
      "[lab/pve-01] must be made in the stack that boots it; write new BootHardware(stack, 'pve-01', …) (HARDWARE_STACK)",
    ],
    [
      'is one for each machine',
      lab => {
        lab.hardware(lab.pve01, 11);
        new BootHardware(lab.stack, 'again', lab.of(lab.pve01, 14));
      },
      '[lab/boot/tinkerbell/again] lab/rack/pve-01 is already booted by lab/boot/tinkerbell/pve-01; keep one of them (HARDWARE_TWICE)',
    ],
    [
      'has a MAC address',
      lab => {
        lab.hardware(lab.pve01, 11, { nic: lab.pve01.nic('eno2') });
      },
      "[lab/boot/tinkerbell/pve-01] lab/rack/pve-01/eno2 has no MAC address, by which Tinkerbell knows a machine; write macs: { eno2: '02:00:5e:10:00:01' } in lab/rack/pve-01 (NIC_WITHOUT_MAC)",
    ],
    [
      'boots from a port of its own, not from its BMC',
      lab => {
        lab.hardware(lab.pve01, 11, { nic: lab.pve01.bmc });
      },
      "[lab/boot/tinkerbell/pve-01] nic must be a Nic, got a Bmc; write nic: machine.nic('eno1') (PROP_TYPE)",
    ],
    [
      'runs a script that iPXE can fetch',
      lab => {
        lab.hardware(lab.pve01, 11, { ipxeUrl: '/srv/pve-01.ipxe' });
      },
      '[lab/boot/tinkerbell/pve-01] ipxeUrl must be an address over http or https, got "/srv/pve-01.ipxe"; write it like http://10.30.0.2:7173/pve-01.ipxe (PROP_FORMAT)',
    ],
    [
      'has a MAC address that no other has',
      lab => {
        lab.machine('copy', 1);
      },
      '[lab/rack/copy/eno1] MAC address 02:00:5e:10:00:01 is already that of lab/rack/pve-01/eno1; read it from ip link on the machine (MAC_TAKEN)',
    ],
    [
      'has its address in the segment of the stack',
      lab => {
        lab.hardware(lab.pve01, 11, { address: lab.servers.host('x', 9) });
      },
      `[lab/boot/tinkerbell/pve-01] its address must be an IPv4 address in lab/provisioning, where it boots, got ["10.20.0.9 in servers", "fd20:0:0:20::9 in servers"]; write address: provisioning.host('pve-01') (HARDWARE_ADDRESS)`,
    ],
    [
      'has not the address of the router',
      lab => {
        lab.hardware(lab.pve01, 1);
      },
      `[lab/boot/tinkerbell/pve-01] its address is that of the router of lab/provisioning, got "10.30.0.1"; write address: provisioning.host('pve-01') (HARDWARE_ADDRESS)`,
    ],
    [
      'has an address of the prefix',
      lab => {
        lab.hardware(lab.pve01, 11, { address: lab.strange('192.0.2.7') });
      },
      `[lab/boot/tinkerbell/pve-01] its address is outside 10.30.0.0/24 of lab/provisioning, got "192.0.2.7"; write address: provisioning.host('pve-01') (HARDWARE_ADDRESS)`,
    ],
    [
      'has an address of its own',
      lab => {
        const address = lab.provisioning.host('both', 15);
        lab.hardware(lab.pve01, 11, { address });
        lab.hardware(lab.pve02, 12, { address });
      },
      "[lab/boot/tinkerbell/pve-02] 10.30.0.15 is already given to lab/boot/tinkerbell/pve-01; write address: provisioning.host('pve-02') (HARDWARE_ADDRESS_TAKEN)",
    ],
    [
      'has an address',
      lab => {
        lab.hardware(lab.pve01, 11, { address: undefined });
      },
      "[lab/boot/tinkerbell/pve-01] address is missing; write address: provisioning.host('pve-01') (PROP_MISSING)",
    ],
    [
      'is written to a disk that is known',
      lab => {
        lab.hardware(lab.pve01, 11, { disk: lab.pve01.disk('sata') });
      },
      "[lab/boot/tinkerbell/pve-01] nothing says which disk lab/rack/pve-01/sata is, and an image would be written to the wrong one; write disks: { sata: '/dev/disk/by-id/…' } in lab/rack/pve-01, see https://wiki.archlinux.org/title/Persistent_block_device_naming (DISK_WITHOUT_PATH)",
    ],
    [
      'is written to a disk of its own',
      lab => {
        lab.hardware(lab.pve01, 11, { disk: lab.pve02.disk('nvme') });
      },
      `[lab/boot/tinkerbell/pve-01] disk must be one of lab/rack/pve-01, got "lab/rack/pve-02/nvme"; write disk: machine.disk('nvme') (DISK_ELSEWHERE)`,
    ],
    [
      'is written to a disk with the same name at every boot',
      lab => {
        new Disk(lab.pve01, 'extra', { size: Size.gigabytes(1), device: '/dev/sda' });
      },
      '[lab/rack/pve-01/extra] a disk is named by a path that stays the same at every boot, got "/dev/sda"; use the link below /dev/disk/by-id that ls -l shows for it, see https://wiki.archlinux.org/title/Persistent_block_device_naming (DISK_UNSTABLE)',
    ],
    [
      'keeps its address for longer than nothing',
      lab => {
        lab.hardware(lab.pve01, 11, { leaseTime: Duration.seconds(0) });
      },
      '[lab/boot/tinkerbell/pve-01] leaseTime must be from 60s to 720h, got "0s"; write leaseTime: Duration.days(1) (LEASE_TIME)',
    ],
    [
      'keeps its address for a month at most',
      lab => {
        lab.hardware(lab.pve01, 11, { leaseTime: Duration.days(60) });
      },
      '[lab/boot/tinkerbell/pve-01] leaseTime must be from 60s to 720h, got "1440h"; write leaseTime: Duration.days(1) (LEASE_TIME)',
    ],
    [
      'says whether something is installed on it',
      lab => {
        lab.hardware(lab.pve01, 11, { installed: undefined });
      },
      '[lab/boot/tinkerbell/pve-01] installed is missing; write installed: false (PROP_MISSING)',
    ],
    [
      'is installed again only when it is installed',
      lab => {
        lab.hardware(lab.pve01, 11, { reinstall: 'the disk was replaced' });
      },
      '[lab/boot/tinkerbell/pve-01] has a reason to be installed again, and nothing is installed on it, got "the disk was replaced"; leave reinstall out, or write installed: true (REINSTALL_OF_NOTHING)',
    ],
    [
      'is installed again for a reason',
      lab => {
        lab.hardware(lab.pve01, 11, { installed: true, reinstall: 'yes' });
      },
      '[lab/boot/tinkerbell/pve-01] reinstall must be a reason of 10 characters or more, got "yes"; write it like the disk was replaced (PROP_FORMAT)',
    ],
    [
      'has user data that cloud-init reads',
      lab => {
        lab.hardware(lab.pve01, 11, { userData: 'packages: []' });
      },
      '[lab/boot/tinkerbell/pve-01] userData must be cloud-config or a script, got "packages: []"; write it like #cloud-config (PROP_FORMAT)',
    ],
    [
      'is allowed to boot by what is installed, not by a switch',
      lab => {
        lab.hardware(lab.pve01, 11, any({ allowPXE: true }));
      },
      '[lab/boot/tinkerbell/pve-01] there is no property allowPXE; use one of nic, address, disk, installed, reinstall, uefi, leaseTime, userData, ipxeUrl, insecureTLS (PROP_UNKNOWN)',
    ],
    [
      'runs on an architecture that there is',
      lab => {
        lab.machine('old', 8, any('i386'));
      },
      `[MachineModel Dell Altra] architecture must be one of amd64, arm64, got "i386"; write architecture: 'amd64' (PROP_CHOICE)`,
    ],
  ])('%s', (_, act, text) => {
    expect(message(act)).toBe(text);
  });
});
