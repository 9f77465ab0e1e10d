import {
  type Address,
  type BackupCoverage,
  Connections,
  FirstBoot,
  type GuestDisk,
  type IConnectable,
  type IGuest,
  type IVlan,
  type Placement,
  type Resources,
  Secret,
  Site,
  Size,
} from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import { PostgresReplica, PostgresRepository, PostgresServer, type PostgresServerProps } from '../../src';

export class TestHost extends Construct {
  public readonly capacity = { memory: Size.gibibytes(64) };
}

/** Somebody with addresses, and perhaps none. */
export class TestPeer extends Construct implements IConnectable {
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, addresses: readonly string[]) {
    super(scope, id);
    this.connections = new Connections(this, { addresses: () => addresses });
  }
}

export interface TestGuestProps {
  readonly ips?: readonly string[];
  readonly cores?: number;
  readonly memory?: Size;
  readonly disks?: Readonly<Record<string, Size>>;
  readonly on?: IConstruct;
}

const SEGMENT = { name: 'servers', tag: 20, cidrs: ['10.20.0.0/24'] } as unknown as IVlan;

/** A virtual machine as this package sees it: by contract. */
export class TestGuest extends Construct implements IGuest {
  public readonly hostName: string;
  public readonly fqdn: string;
  public readonly firstBoot = new FirstBoot(this);
  public readonly placement: Placement;
  public readonly addresses: readonly Address[];
  public readonly connections: Connections;
  public readonly consumption: Resources;
  public readonly backup: BackupCoverage = { waived: 'the database in it is copied' };
  public readonly dataDisks: readonly GuestDisk[];

  constructor(scope: Construct, id: string, props: TestGuestProps = {}) {
    super(scope, id);
    this.hostName = id;
    this.fqdn = `${id}.test.example.net`;
    this.addresses = (props.ips ?? ['10.20.0.21']).map((ip): Address => {
      return { name: id, ip, family: ip.includes(':') ? 6 : 4, prefixLength: ip.includes(':') ? 64 : 24, vlan: SEGMENT };
    });
    this.connections = new Connections(this, { addresses: () => this.addresses.map(a => `${a.ip}/${a.family === 4 ? 32 : 128}`) });
    this.consumption = { threads: props.cores ?? 4, memory: props.memory ?? Size.gibibytes(16) };
    this.placement = { standsOn: props.on ? [[props.on]] : [] };
    const disks = props.disks ?? { data: Size.gibibytes(100), wal: Size.gibibytes(20) };
    this.dataDisks = Object.entries(disks).map(([name, size], i) => ({
      name,
      size,
      device: `/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_drive-scsi${i + 1}`,
    }));
  }
}

export const secret = (key: string) => Secret.fromOpenBao('kv/postgres/orders', key);
export const tls = { certificate: secret('crt'), key: secret('tls_key'), authority: secret('ca') };
export const s3 = () =>
  PostgresRepository.s3({
    bucket: 'orders-backup',
    endpoint: 's3.example.net',
    region: 'eu-central-1',
    accessKeyId: secret('s3_id'),
    secretAccessKey: secret('s3_key'),
  });
export const backup = () => ({ repository: s3(), cipherPass: secret('cipher') });

/** A shop's database, as most tests want it. */
export const shop = (): Pick<PostgresServerProps, 'databases' | 'roles' | 'tls'> => ({
  databases: {
    orders: {
      owner: 'orders',
      size: Size.gibibytes(40),
      grants: { orders_api: 'readWrite', reports: 'readOnly' },
      extensions: ['pg_trgm', 'citext'],
    },
    billing: { owner: 'billing', size: Size.gibibytes(10), grants: { reports: 'readOnly' } },
  },
  roles: {
    orders: { password: secret('orders') },
    orders_api: { password: secret('orders_api'), connectionLimit: 40 },
    billing: { password: secret('billing') },
    reports: { password: secret('reports') },
  },
  tls,
});

/** A site with a guest, and a server on it unless the test makes its own. */
export function lab(guest: TestGuestProps = {}) {
  const site = new Site('test', { domain: 'test.example.net' });
  const host = new TestHost(site, 'pve-01');
  const on = new TestGuest(site, 'db1', { on: host, ...guest });
  const api = new TestPeer(site, 'api', ['10.20.0.31/32', '2001:db8:20::31/128']);
  const server = (props: Partial<PostgresServerProps> = {}) =>
    new PostgresServer(site, 'orders-db', { on, ...shop(), backup: backup(), ...props });
  return { site, host, on, api, server };
}

/** A server with a replica, as most are in production. */
export function pair(synchronous = false) {
  const parts = lab();
  const orders = parts.server({ replicationPassword: secret('replication') });
  const host = new TestHost(parts.site, 'pve-02');
  const guest = new TestGuest(parts.site, 'db2', { ips: ['10.20.0.22'], on: host });
  const replica = new PostgresReplica(parts.site, 'orders-db-2', {
    of: orders,
    on: guest,
    tls: { certificate: secret('crt2'), key: secret('key2') },
    synchronous,
  });
  orders.connections.allowFrom(parts.api);
  return { ...parts, orders, guest, replica };
}
