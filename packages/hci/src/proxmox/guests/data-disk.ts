import { Check, ConfigError, type GuestDisk, Size } from '@ashlar/core';
import type { ProxmoxStorage } from '../storage/proxmox-storage';
import { volumeReason, volumeStorage } from './data-volume';
import { diskSlots } from './disk-slots';
import type { ProxmoxGuest } from './proxmox-guest';

/** A disk of a virtual machine besides the one that it boots from. */
export interface DataDiskProps {
  /** Size in whole GiB. It may grow; Proxmox VE does not make it smaller. */
  readonly size: Size;
  /** Where it lies. @default - where the disk lies that the guest boots from */
  readonly storage?: ProxmoxStorage;
  /** Which SCSI disk it is (1–30), for good. @default - allocated through the ledger */
  readonly slot?: number;
  /** Whether the guest is told that it does not rotate. @default false */
  readonly ssd?: boolean;
  /** Why no backup of it is needed. @default - one is made with the guest */
  readonly notBackedUpBecause?: string;
}

/** A data disk of a virtual machine. */
export interface DataDisk extends GuestDisk {
  readonly slot: number;
  readonly storage: ProxmoxStorage;
  readonly ssd: boolean;
  readonly backedUp: boolean;
}

/**
 * The data disks of a guest in the order of their slots.
 *
 * The guest names a disk by its slot, which is what QEMU tells it (`device_id`); from Proxmox VE 9 on it does so even where a
 * disk has a serial number, so that none is set. A name keeps its slot through the ledger: another slot would be another disk.
 *
 * @throws DATA_DISK_DROPPED, DATA_DISK_SLOT, GUEST_DISK, HA_ON_LOCAL_DISK, STORAGE_NOT_ON_NODE
 * @see https://git.proxmox.com/?p=qemu-server.git;a=blob;f=src/PVE/QemuServer/DriveDevice.pm
 */
export function dataDisks(vm: ProxmoxGuest, given: Readonly<Record<string, Size | DataDiskProps>>): readonly DataDisk[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new ConfigError(vm, 'PROP_TYPE', 'dataDisks must be an object of sizes by name', {
      got: given,
      fix: 'write dataDisks: { data: Size.gibibytes(100) }',
    });
  }
  const props = Object.entries(given).map(([name, of]): [string, DataDiskProps] => [name, Size.is(of) ? { size: of } : of]);
  for (const [name, of] of props) checkDisk(vm, name, of);
  const slots = diskSlots(vm, new Map(props.map(([name, { slot }]) => [name, slot])), LAST_SLOT);
  return props
    .map(([name, of]): DataDisk => {
      const slot = slots.get(name) as number;
      const device = `/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_drive-scsi${slot}`;
      const storage = volumeStorage(vm, name, of.size, of.storage);
      return { name, size: of.size, device, slot, storage, ssd: of.ssd ?? false, backedUp: of.notBackedUpBecause === undefined };
    })
    .sort((a, b) => a.slot - b.slot);
}

function checkDisk(vm: ProxmoxGuest, name: string, of: DataDiskProps): void {
  const check = new Check(vm);
  check.label('the name of a data disk', name);
  check.known(of, ['size', 'storage', 'slot', 'ssd', 'notBackedUpBecause']);
  if (of.ssd !== undefined) check.boolean(`dataDisks.${name}.ssd`, of.ssd);
  volumeReason(vm, name, of.notBackedUpBecause);
}

/** QEMU's virtio-scsi controllers of Proxmox VE end at scsi30. */
const LAST_SLOT = 30;
