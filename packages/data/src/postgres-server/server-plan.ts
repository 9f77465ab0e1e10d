import type { Address } from '@ashlar/core';
import type { NfsMount } from './nfs-mount';
import type { PgBackRest } from './pgbackrest';
import type { PostgresDatabase, PostgresRole } from './postgres-databases';
import type { Setting } from './postgres-tuning';
import type { ServerLayout } from './server-layout';

/** Who may connect from where. */
export interface HbaEntry {
  readonly database: string;
  readonly role: string;
  /** Prefix in CIDR notation. */
  readonly address: string;
}

/** A replica as its primary knows it. */
export interface ReplicaEntry {
  /** Name of its slot, and of itself as a standby. */
  readonly slot: string;
  readonly synchronous: boolean;
}

/** The primary as its replica knows it. */
export interface PrimaryEntry {
  readonly fqdn: string;
  readonly slot: string;
}

/** Everything that the files of one server are rendered from. */
export interface ServerPlan {
  /** Of the server, and of pgBackRest's stanza. */
  readonly name: string;
  readonly layout: ServerLayout;
  readonly addresses: readonly Address[];
  readonly processors: number;
  readonly settings: readonly Setting[];
  readonly databases: readonly PostgresDatabase[];
  readonly roles: readonly PostgresRole[];
  readonly access: readonly HbaEntry[];
  /** Paths of data disks. */
  readonly mounts: readonly string[];
  readonly nfs?: NfsMount;
  readonly backup?: PgBackRest;
  readonly replicas: readonly ReplicaEntry[];
  /** Set on a replica. */
  readonly primary?: PrimaryEntry;
}

/** The repository's folder on an NFS server, if it is there. */
export function nfsMountOf(layout: ServerLayout, backup: PgBackRest | undefined): NfsMount | undefined {
  const place = backup?.repository.place;
  if (place?.kind !== 'nfs') return undefined;
  const [address] = place.server.addresses as readonly [Address];
  const host = address.family === 6 ? `[${address.ip}]` : address.ip;
  return { what: `${host}:${place.path}`, where: layout.backupMount };
}
