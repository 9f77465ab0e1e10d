import { Claims, ConfigError, type IGuest, pathOf, Site, Size } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { PostgresVersion } from '../postgres-version';
import type { PostgresDisks } from './postgres-disks';
import { mebibytes, type PostgresWorkload, type ServerSize } from './server-size';

/** Releases that the PostgreSQL project supports. @see https://www.postgresql.org/support/versioning/ */
const MAJORS = [15, 16, 17, 18];

/** @throws POSTGRES_GUEST, POSTGRES_GUEST_ADDRESS */
export function guestOf(scope: IConstruct, on: IGuest): IGuest {
  if (typeof on !== 'object' || on === null || !('firstBoot' in on) || !('dataDisks' in on)) {
    throw new ConfigError(scope, 'POSTGRES_GUEST', 'on must be a guest of a hypervisor, with data disks', {
      got: on,
      fix: "write on: cluster.guest('db1', { … })",
    });
  }
  if (on.addresses.length === 0) {
    throw new ConfigError(scope, 'POSTGRES_GUEST_ADDRESS', `${pathOf(on)} has no fixed address, and the server listens on one`, {
      fix: "give the guest a host: servers.host('db1', 21)",
    });
  }
  return on;
}

/** @throws POSTGRES_MAJOR */
export function majorOf(scope: IConstruct, { major }: PostgresVersion): number {
  if (MAJORS.includes(major)) return major;
  throw new ConfigError(scope, 'POSTGRES_MAJOR', `version must be of a supported major release: ${MAJORS.join(', ')}`, {
    got: major,
    fix: 'write version: PostgresVersion.V17',
    see: 'https://www.postgresql.org/support/versioning/',
  });
}

/** A server has port 5432 of its guest, and the guest's memory, to itself. @throws POSTGRES_PORT_TAKEN */
export function claimServerPort(server: IConstruct, guest: IGuest): void {
  Claims.of(Site.of(server)).claim('postgres port', pathOf(guest), server, holder => {
    return new ConfigError(server, 'POSTGRES_PORT_TAKEN', `port 5432 of ${pathOf(guest)} is already that of ${pathOf(holder)}`, {
      fix: 'put it on a guest of its own, or its databases into that server',
    });
  });
}

/** @throws POSTGRES_MEMORY, POSTGRES_CPUS, POSTGRES_WAL_DISK_SMALL */
export function sizeOf(
  scope: IConstruct,
  guest: IGuest,
  major: number,
  disks: PostgresDisks,
  { workload, storage }: { readonly workload: PostgresWorkload; readonly storage: 'ssd' | 'hdd' },
): ServerSize {
  const { memory, threads } = guest.consumption;
  if (!memory || mebibytes(memory) < 1024) {
    throw new ConfigError(scope, 'POSTGRES_MEMORY', `${pathOf(guest)} needs 1 GiB of memory or more for a PostgreSQL server`, {
      got: memory ? String(memory) : 'none declared',
      fix: 'write memory: Size.gibibytes(1) or more in the guest',
    });
  }
  if (!threads || threads < 1) {
    throw new ConfigError(scope, 'POSTGRES_CPUS', `${pathOf(guest)} does not say how many processors it has`, {
      fix: 'write cores: 2 in the guest',
    });
  }
  if (disks.wal.size.toBytes() < Size.gibibytes(2).toBytes()) {
    throw new ConfigError(scope, 'POSTGRES_WAL_DISK_SMALL', `disk ${disks.wal.name} for the write-ahead log must be 2 GiB or more`, {
      got: String(disks.wal.size),
      fix: 'write wal: Size.gibibytes(10) in the data disks of the guest',
    });
  }
  return { memory, cpus: Math.floor(threads), storage, workload, major, dataDisk: disks.data.size, walDisk: disks.wal.size };
}
