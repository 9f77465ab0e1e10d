import { Check, ConfigError, type IAddressed, type IConnectable, Port, Secret } from '@ashlar/core';

/** A bucket of an S3 object store. */
export interface S3RepositoryProps {
  /** e.g. `orders-backup` */
  readonly bucket: string;
  /** Host name, with a port when it is not 443, e.g. `s3.example.net`. pgBackRest speaks TLS to it. */
  readonly endpoint: string;
  /** e.g. `eu-central-1`; what the store calls its region, if it has only one */
  readonly region: string;
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  /** The object store in the model, to which the server may then connect. @default - say `server.connections.allowTo(store, …)` */
  readonly server?: IConnectable;
}

/** A folder of an NFS server. */
export interface NfsRepositoryProps {
  readonly server: IConnectable & IAddressed;
  /** Exported path, e.g. `/export/orders`; the server's user 101 (postgres) owns it. */
  readonly path: string;
}

export type RepositoryPlace =
  | { readonly kind: 'disk'; readonly disk: string }
  | { readonly kind: 'nfs'; readonly server: IConnectable & IAddressed; readonly path: string }
  | ({ readonly kind: 's3' } & S3RepositoryProps);

/** Where pgBackRest keeps the copies and the archived log. @see https://pgbackrest.org/configuration.html#section-repository */
export class PostgresRepository {
  /** A data disk of the guest itself, by its name there: quick to restore from, and lost with the guest. */
  public static disk(name: string): PostgresRepository {
    return new PostgresRepository({ kind: 'disk', disk: new Check('PostgresRepository.disk').label('name', name) });
  }

  /** @throws PROP_*, POSTGRES_REPOSITORY_ADDRESS */
  public static nfs(props: NfsRepositoryProps): PostgresRepository {
    const check = new Check('PostgresRepository.nfs');
    check.known(props, ['server', 'path']);
    check.text('path', props.path, /^(\/[\w.-]+)+$/, 'an absolute path', '/export/orders');
    if (!check.present('server', props.server, 'nas').addresses?.[0]) {
      throw new ConfigError('PostgresRepository.nfs', 'POSTGRES_REPOSITORY_ADDRESS', 'the server has no address to mount from', {
        fix: 'pass a host or a machine with an address',
      });
    }
    return new PostgresRepository({ kind: 'nfs', ...props });
  }

  /** @throws PROP_* */
  public static s3(props: S3RepositoryProps): PostgresRepository {
    const check = new Check('PostgresRepository.s3');
    check.known(props, ['bucket', 'endpoint', 'region', 'accessKeyId', 'secretAccessKey', 'server']);
    check.text('bucket', props.bucket, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket', 'orders-backup');
    check.text('endpoint', props.endpoint, /^[a-z0-9.-]+(:\d{1,5})?$/, 'a host name without scheme and path', 's3.example.net');
    check.text('region', props.region, /^[a-z0-9-]+$/, 'the name of a region', 'eu-central-1');
    for (const name of ['accessKeyId', 'secretAccessKey'] as const) {
      check.instance(name, props[name], Secret, "Secret.fromOpenBao('kv/postgres/backup', 'key')");
    }
    return new PostgresRepository({ kind: 's3', ...props });
  }

  public static is(x: unknown): x is PostgresRepository {
    return typeof x === 'object' && x !== null && MARKER in x;
  }

  private constructor(public readonly place: RepositoryPlace) {
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** For people. */
  public get description(): string {
    const { place } = this;
    if (place.kind === 'disk') return `disk ${place.disk} of the guest`;
    return place.kind === 'nfs' ? `${place.server.addresses[0]?.name}:${place.path}` : `s3://${place.bucket} at ${place.endpoint}`;
  }

  /** Who is connected to for it, and at which port. */
  public get server(): { readonly server: IConnectable; readonly port: Port } | undefined {
    const { place } = this;
    if (place.kind === 'disk' || !place.server) return undefined;
    return { server: place.server, port: Port.tcp(place.kind === 'nfs' ? 2049 : Number(place.endpoint.split(':')[1] ?? 443)) };
  }
}

const MARKER = Symbol.for('@ashlar/data.PostgresRepository');
