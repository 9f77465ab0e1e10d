import { Claims, ConfigError, pathOf, type Size, vacant } from '@ashlar/core';
import { Construct } from 'constructs';

/** Flash on PCI Express, flash on SATA or SAS, or turning platters. */
export type DiskKind = 'nvme' | 'ssd' | 'hdd';

export interface DiskProps {
  readonly size: Size;
  /** @default - not known */
  readonly kind?: DiskKind;
  /** Path that names this very disk, below `/dev/disk/by-id` or `/dev/disk/by-path`. @default - not known yet */
  readonly device?: string;
}

/** One disk of a machine. */
export class Disk extends Construct {
  public readonly size: Size;
  /** Undefined while it is not known. */
  public readonly kind?: DiskKind;
  /** Path that names this very disk at every boot; undefined while it is not known. */
  public readonly device?: string;

  constructor(machine: Construct, slot: string, props: DiskProps) {
    super(vacant(machine, slot), slot);
    this.size = props.size;
    this.kind = props.kind;
    this.device = props.device;
    if (props.device === undefined) return;
    if (typeof props.device !== 'string' || !/^\/dev\/disk\/by-(id|path)\/[\w.:@+-]+$/.test(props.device)) {
      throw new ConfigError(this, 'DISK_UNSTABLE', 'a disk is named by a path that stays the same at every boot', {
        got: props.device,
        fix: 'use the link below /dev/disk/by-id that ls -l shows for it',
        see: 'https://wiki.archlinux.org/title/Persistent_block_device_naming',
      });
    }
    if (!props.device.startsWith('/dev/disk/by-id/')) return;
    Claims.of(this).claim(
      'disk',
      props.device,
      this,
      holder =>
        new ConfigError(this, 'DISK_TAKEN', `${props.device} is already ${pathOf(holder)}`, { fix: 'read the id from the machine itself' }),
    );
  }
}
