import { Size } from '@ashlar/core';

/** How disks of a pool stand in for each other: the fewest that Proxmox VE takes, and how many hold what the others do. */
export const ZFS_LEVELS = {
  single: { least: 1, even: false, spare: () => 0 },
  mirror: { least: 2, even: false, spare: (disks: number) => disks - 1 },
  raid10: { least: 4, even: true, spare: (disks: number) => disks / 2 },
  raidz: { least: 3, even: false, spare: () => 1 },
  raidz2: { least: 4, even: false, spare: () => 2 },
  raidz3: { least: 5, even: false, spare: () => 3 },
} as const;

export type ZfsLevel = keyof typeof ZFS_LEVELS;

/**
 * What fits into a pool: the smallest disk times those that hold data, less the 1/32 that ZFS keeps free for itself. RAID-Z pads
 * small blocks, so that virtual disks with blocks of 8 KiB may take up to twice their size there.
 * @see https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Module%20Parameters.html#spa-slop-shift
 */
export function usableOf(level: ZfsLevel, disks: readonly Size[]): Size {
  const each = level === 'single' ? Size.sum(disks).toBytes() / disks.length : Math.min(...disks.map(disk => disk.toBytes()));
  return Size.bytes(Math.floor((each * (disks.length - ZFS_LEVELS[level].spare(disks.length)) * 31) / 32));
}
