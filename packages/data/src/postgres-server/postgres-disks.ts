import { ConfigError, type GuestDisk, type IGuest, pathOf, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { PgBackRest } from './pgbackrest';
import type { PostgresDatabase } from './postgres-databases';
import type { ServerLayout } from './server-layout';

/** Which data disks of the guest hold what, by their names in the guest. */
export interface PostgresDisksProps {
  /** @default `data` */
  readonly data?: string;
  /** Write-ahead log: a log that cannot be archived fills its own disk, and the sequential writes do not wait for random ones. @default `wal` */
  readonly wal?: string;
}

export interface PostgresDisks {
  readonly data: GuestDisk;
  readonly wal: GuestDisk;
}

/** @throws POSTGRES_DISK_MISSING, POSTGRES_DISK_SHARED */
export function disksOf(scope: IConstruct, guest: IGuest, props: PostgresDisksProps): PostgresDisks {
  const data = diskOf(scope, guest, props.data ?? 'data', 'the data');
  const wal = diskOf(scope, guest, props.wal ?? 'wal', 'the write-ahead log');
  if (data.device === wal.device) {
    throw new ConfigError(scope, 'POSTGRES_DISK_SHARED', `data and write-ahead log are both on disk ${data.name} of ${pathOf(guest)}`, {
      fix: `give the guest another disk: dataDisks: { ${data.name}: …, wal: Size.gibibytes(10) }`,
    });
  }
  return { data, wal };
}

/** A data disk of the guest by its name. @throws POSTGRES_DISK_MISSING */
export function diskOf(scope: IConstruct, guest: IGuest, name: string, purpose: string): GuestDisk {
  const disk = guest.dataDisks.find(d => d.name === name);
  if (disk) return disk;
  const names = guest.dataDisks.map(d => d.name).sort();
  throw new ConfigError(
    scope,
    'POSTGRES_DISK_MISSING',
    `${pathOf(guest)} has no data disk ${name} for ${purpose}, only ${names.join(', ') || 'the one it boots from'}`,
    {
      fix: `write dataDisks: { ${name}: Size.gibibytes(20) } in the guest, or name another of its disks`,
    },
  );
}

/** Databases in their final size, and a fifth for dead rows, sorts on disk and the file system. @throws POSTGRES_DATA_DISK_SMALL */
export function checkDataDisk(scope: IConstruct, disk: GuestDisk, databases: readonly PostgresDatabase[]): void {
  const sum = Size.sum(databases.map(({ size }) => size));
  const needed = Size.bytes(Math.ceil(sum.toBytes() * 1.2));
  if (needed.toBytes() <= disk.size.toBytes()) return;
  const sizes = databases.map(({ name, size }) => `${name} ${size}`).join(' + ');
  throw new ConfigError(
    scope,
    'POSTGRES_DATA_DISK_SMALL',
    `${sizes}, and a fifth more, is ${needed}, and disk ${disk.name} has ${disk.size}`,
    {
      fix: 'enlarge the disk, or declare smaller databases',
    },
  );
}

/** Mounts the disks at their places. */
export function mountDisks(guest: IGuest, layout: ServerLayout, disks: PostgresDisks, backup: PgBackRest | undefined): void {
  guest.firstBoot.mount(disks.data, layout.dataMount);
  guest.firstBoot.mount(disks.wal, layout.walMount);
  const place = backup?.repository.place;
  const disk = place?.kind === 'disk' ? guest.dataDisks.find(({ name }) => name === place.disk) : undefined;
  if (disk) guest.firstBoot.mount(disk, layout.backupMount);
  if (place?.kind === 'nfs') guest.firstBoot.install('nfs-common');
}
