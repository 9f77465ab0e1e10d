import { ConfigError, pathOf } from '@ashlar/core';
import type { Disk, Machine } from '@ashlar/hardware';
import type { ProxmoxNode } from '../proxmox-node';

/**
 * The disks that Proxmox VE itself is installed on. Everything on them is destroyed.
 * @throws INSTALL_DISK
 */
export function bootDisks(node: ProxmoxNode, slots: readonly string[]): readonly Disk[] {
  return slots.map((slot, i) => {
    const disk = (node.machine as Machine).disk(slot);
    if (i > 0 && disk.device?.startsWith('/dev/disk/by-path/')) {
      throw new ConfigError(
        node,
        'INSTALL_DISK',
        `${pathOf(disk)} is named by its place, and the installer finds a second disk by its serial number`,
        {
          got: disk.device,
          fix: 'name it by its path below /dev/disk/by-id',
        },
      );
    }
    if (disk.device !== undefined) return disk;
    throw new ConfigError(node, 'INSTALL_DISK', `nothing says which disk ${pathOf(disk)} is, and the installer would choose by chance`, {
      fix: `write disks: { ${slot}: '/dev/disk/by-id/…' } for the machine`,
      see: 'https://pve.proxmox.com/wiki/Automated_Installation',
    });
  });
}

/**
 * Properties of udev by which the installer finds these disks. It takes one pattern for each property, so that two disks are found by two.
 */
export function diskFilters(disks: readonly Disk[]): Readonly<Record<string, string>> {
  const links = disks.map(disk => `*${disk.device}*`);
  const [first = '', second] = links;
  if (second === undefined) return { 'filter.DEVLINKS': first };
  return { 'filter.DEVLINKS': first, 'filter.ID_SERIAL': serial(disks[1] as Disk) };
}

/** A path below by-id is the bus and then what udev calls `ID_SERIAL`. */
function serial(disk: Disk): string {
  return (disk.device as string).replace(/^\/dev\/disk\/by-id\/[a-z]+-/, '');
}
