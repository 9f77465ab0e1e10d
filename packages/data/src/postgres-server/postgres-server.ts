import {
  type BackupCoverage,
  Check,
  Connections,
  Duration,
  type IBackedUp,
  type IConnectable,
  type IGuest,
  type ILifecycle,
  type IMonitored,
  type IPlaced,
  type IReplicated,
  type Lifecycle,
  type Monitoring,
  type Placement,
  Port,
  type Replication,
  Secret,
  Site,
  type Size,
  vacant,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { POSTGRES } from '../cloud-native-pg/postgres-access';
import { PostgresVersion } from '../postgres-version';
import { installServer } from './install-server';
import { coverageOf, type PgBackRest, type PgBackRestProps } from './pgbackrest';
import { secretsOf } from './pgbackrest-configuration';
import {
  databasesOf,
  type PostgresDatabase,
  type PostgresDatabaseProps,
  type PostgresRole,
  type PostgresRoleProps,
  rolesOf,
} from './postgres-databases';
import { checkDataDisk, disksOf, mountDisks, type PostgresDisks, type PostgresDisksProps } from './postgres-disks';
import type { PostgresReplica } from './postgres-replica';
import { isPostgresServer, SERVER } from './postgres-servers-of';
import { certificateOf, type PostgresTlsProps } from './postgres-tls';
import { PostgresTuning } from './postgres-tuning';
import { postgresBackupOnGuest } from './rules/postgres-backup-on-guest';
import { postgresPeerAddress } from './rules/postgres-peer-address';
import { postgresPeerAnywhere } from './rules/postgres-peer-anywhere';
import { postgresReplicaOnOneHost } from './rules/postgres-replica-on-one-host';
import { postgresServerAlone } from './rules/postgres-server-alone';
import { postgresUnreached } from './rules/postgres-unreached';
import { addressesOf, carryFlows, checkRole, hbaEntries } from './server-access';
import { backupOf } from './server-backup';
import { claimServerPort, guestOf, majorOf, sizeOf } from './server-guest';
import { ServerLayout } from './server-layout';
import { restoreStep, serverLifecycle } from './server-lifecycle';
import { nfsMountOf, type ServerPlan } from './server-plan';
import type { PostgresSettings, ServerWorkload } from './server-size';

export interface PostgresServerProps {
  /** A guest of its own, with data disks for the data and for the write-ahead log. */
  readonly on: IGuest;
  /** Major release; the newest minor one is installed. 15–18 @default PostgresVersion.V17 */
  readonly version?: PostgresVersion;
  /** By name. */
  readonly databases: Readonly<Record<string, PostgresDatabaseProps>>;
  /** Who logs in, by name. */
  readonly roles: Readonly<Record<string, PostgresRoleProps>>;
  readonly tls: PostgresTlsProps;
  /** Where copies go, or why there are none. */
  readonly backup: PgBackRestProps | { readonly waived: string };
  /** @default - the data disks `data` and `wal` */
  readonly disks?: PostgresDisksProps;
  /** What the sessions do. @default `mixed` */
  readonly workload?: ServerWorkload['workload'];
  /** What the disks are. @default `ssd` */
  readonly storage?: ServerWorkload['storage'];
  /** Settings with another value than the computed one, by PostgreSQL's names. @default - none */
  readonly settings?: PostgresSettings;
  /** Password of the role by which replicas read the log. @default - no replicas */
  readonly replicationPassword?: Secret;
}

/**
 * PostgreSQL on a virtual machine of its own, from empty disks to a server that answers, at the machine's first boot.
 *
 * Nobody but declared peers gets in, by TLS and password. A failover to a {@link PostgresReplica} is a person's decision: this does
 * not elect a primary by itself.
 * @see https://www.postgresql.org/docs/current/runtime-config.html
 */
export class PostgresServer extends Construct implements IConnectable, IBackedUp, IReplicated, IMonitored, IPlaced, ILifecycle {
  /** Works across copies of this package, where `instanceof` does not. */
  public static isPostgresServer(x: unknown): x is PostgresServer {
    return isPostgresServer(x);
  }

  /** Of the server, and of pgBackRest's stanza. */
  public readonly name: string;
  public readonly guest: IGuest;
  public readonly major: number;
  /** DNS name under which clients verify it. */
  public readonly host: string;
  /** Certificate of the authority, for clients. */
  public readonly authority: Secret;
  public readonly connections: Connections;
  public readonly monitoring: Monitoring = { metrics: [{ port: METRICS }] };
  public readonly backup: BackupCoverage;
  public readonly placement: Placement;
  public readonly databases: readonly PostgresDatabase[];
  public readonly roles: readonly PostgresRole[];
  public readonly tuning: PostgresTuning;
  public readonly replicationPassword?: Secret;
  /** What is copied, unless that is waived. */
  public readonly copies?: PgBackRest;
  /** What a replica is tuned for too. */
  public readonly workload: ServerWorkload;
  private readonly disks: PostgresDisks;
  private readonly standbys: PostgresReplica[] = [];
  private readonly admitted = new Map<IConnectable, Set<string>>();

  /** @throws POSTGRES_*, PROP_* */
  constructor(scope: Construct, id: string, props: PostgresServerProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, SERVER, { value: true });
    const check = new Check(this);
    check.known(props, KNOWN);
    this.name = check.label('the id of a PostgresServer', id);
    this.guest = guestOf(this, props.on);
    this.major = majorOf(this, check.instance('version', props.version ?? PostgresVersion.V17, PostgresVersion, 'PostgresVersion.V17'));
    claimServerPort(this, this.guest);
    this.disks = disksOf(this, this.guest, props.disks ?? {});
    this.roles = rolesOf(this, props.roles);
    this.databases = databasesOf(this, props.databases, this.roles);
    checkDataDisk(this, this.disks.data, this.databases);
    this.workload = {
      workload: check.choice('workload', props.workload ?? 'mixed', ['oltp', 'mixed', 'analytics']),
      storage: check.choice('storage', props.storage ?? 'ssd', ['ssd', 'hdd']),
      settings: props.settings ?? {},
    };
    this.tuning = new PostgresTuning(this, sizeOf(this, this.guest, this.major, this.disks, this.workload), this.workload.settings);
    this.copies = backupOf(this, this.guest, this.disks, this.databases, props.backup);
    this.backup = this.copies ? coverageOf(this.copies) : (props.backup as { readonly waived: string });
    if (props.replicationPassword !== undefined)
      this.replicationPassword = check.instance('replicationPassword', props.replicationPassword, Secret, SECRET);
    const certificate = certificateOf(this, props.tls);
    this.authority = check.instance('tls.authority', props.tls.authority, Secret, SECRET);
    this.host = this.guest.fqdn;
    this.placement = { standsOn: [[this.guest]] };
    this.connections = new Connections(this, { addresses: () => addressesOf(this.guest) }, POSTGRES);
    const store = this.copies?.repository.server;
    if (store) this.connections.allowTo(store.server, store.port);

    Site.of(this).onPrepare(() => carryFlows(this, this.guest));
    mountDisks(this.guest, new ServerLayout(this.major), this.disks, this.copies);
    installServer(this, this.guest, this.major, this.secrets(certificate), () => this.plan());
    Site.of(this).addRules(
      postgresBackupOnGuest,
      postgresPeerAddress,
      postgresPeerAnywhere,
      postgresReplicaOnOneHost,
      postgresServerAlone,
      postgresUnreached,
    );
  }

  /**
   * Lets `peer` connect as `role` only. A peer that `connections.allowFrom` lets in may connect as any role, unless it is named here.
   * @throws POSTGRES_ROLE_UNKNOWN, FLOW_PEER
   */
  public allowFrom(peer: IConnectable, role: string): void {
    checkRole(this, role);
    this.connections.allowFrom(peer);
    this.admitted.set(peer, (this.admitted.get(peer) ?? new Set()).add(role));
  }

  public get lifecycle(): Lifecycle {
    return serverLifecycle(this.guest, [this.guest], this.copies && restoreStep(this.name, this.guest, this.major));
  }

  /** What a replica needs at least. */
  public get diskSizes(): { readonly data: Size; readonly wal: Size } {
    return { data: this.disks.data.size, wal: this.disks.wal.size };
  }

  public get replicas(): readonly PostgresReplica[] {
    return this.standbys;
  }

  public get replication(): Replication | undefined {
    if (this.standbys.length === 0) return undefined;
    const synchronous = this.standbys.some(replica => replica.synchronous);
    return { to: this.standbys.map(replica => replica.guest.hostName).sort(), ...(synchronous && { recoveryPoint: NOTHING_LOST }) };
  }

  private secrets(certificate: Record<string, Secret>): Record<string, Secret> {
    return {
      ...certificate,
      ...Object.fromEntries(this.roles.map(role => [`role-${role.name}`, role.password])),
      ...(this.replicationPassword && { 'role-replicator': this.replicationPassword }),
      ...(this.copies && secretsOf(this.copies)),
    };
  }

  private plan(): ServerPlan {
    const layout = new ServerLayout(this.major);
    const nfs = nfsMountOf(layout, this.copies);
    return {
      name: this.name,
      layout,
      addresses: this.guest.addresses,
      processors: this.guest.consumption.threads ?? 1,
      settings: this.tuning.settings,
      databases: this.databases,
      roles: this.roles,
      access: hbaEntries(this),
      mounts: this.guest.firstBoot.mounts.map(({ path }) => path).filter(path => path.startsWith(layout.root)),
      ...(nfs && { nfs }),
      ...(this.copies && { backup: this.copies }),
      replicas: this.standbys.map(({ slot, synchronous }) => ({ slot, synchronous })).sort((a, b) => (a.slot < b.slot ? -1 : 1)),
    };
  }

  /** The roles as which a peer may connect; undefined for all. @internal */
  public _rolesOf(peer: IConnectable): ReadonlySet<string> | undefined {
    return this.admitted.get(peer);
  }

  /** @internal */
  public _addReplica(replica: PostgresReplica): void {
    this.standbys.push(replica);
  }
}

/** On which the exporter answers. */
const METRICS = Port.tcp(9187);
const NOTHING_LOST = Duration.seconds(0);
const SECRET = "Secret.fromOpenBao('kv/postgres/orders', 'key')";
const KNOWN: readonly (keyof PostgresServerProps)[] = [
  'on',
  'version',
  'databases',
  'roles',
  'tls',
  'backup',
  'disks',
  'workload',
  'storage',
  'settings',
  'replicationPassword',
];
