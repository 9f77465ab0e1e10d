import {
  Check,
  ConfigError,
  Connections,
  type IConnectable,
  type IGuest,
  type ILifecycle,
  type IMonitored,
  type IPlaced,
  type Lifecycle,
  type Monitoring,
  type Placement,
  Site,
  vacant,
  warn,
} from '@ashlar/core';
import { Construct } from 'constructs';
import { POSTGRES } from '../cloud-native-pg/postgres-access';
import { installServer } from './install-server';
import type { PgBackRest } from './pgbackrest';
import { secretsOf } from './pgbackrest-configuration';
import { disksOf, mountDisks, type PostgresDisks, type PostgresDisksProps } from './postgres-disks';
import type { PostgresServer } from './postgres-server';
import { isPostgresServer } from './postgres-servers-of';
import { certificateOf, type PostgresTlsProps } from './postgres-tls';
import { PostgresTuning } from './postgres-tuning';
import { addressesOf, carryFlows, hbaEntries, peersOf } from './server-access';
import { claimServerPort, guestOf, sizeOf } from './server-guest';
import { ServerLayout } from './server-layout';
import { serverLifecycle } from './server-lifecycle';
import { nfsMountOf, type ServerPlan } from './server-plan';

export interface PostgresReplicaProps {
  /** The server that it follows; release, roles and who may connect are the same. */
  readonly of: PostgresServer;
  /** A guest of its own on another machine, with disks like those of the primary. */
  readonly on: IGuest;
  /** Its own certificate and key, of the primary's authority. */
  readonly tls: Pick<PostgresTlsProps, 'certificate' | 'key'>;
  /** Whether a commit waits for it, or for another one that is synchronous. Then no failover loses a commit. @default false */
  readonly synchronous?: boolean;
  /** @default - the data disks `data` and `wal` */
  readonly disks?: PostgresDisksProps;
}

/**
 * A second server that follows the first one's log, answers reads, and can be promoted when the first is lost.
 *
 * Whoever promotes it makes sure before that the first one is off: `pg_ctlcluster 17 main promote`. No backup: what is deleted in
 * the primary is soon deleted here too.
 * @see https://www.postgresql.org/docs/current/warm-standby.html#STREAMING-REPLICATION
 */
export class PostgresReplica extends Construct implements IConnectable, IMonitored, IPlaced, ILifecycle {
  public readonly primary: PostgresServer;
  public readonly guest: IGuest;
  /** DNS name for reads that may lag. */
  public readonly host: string;
  /** Name of its slot, and of itself as a standby. */
  public readonly slot: string;
  public readonly synchronous: boolean;
  /** Whom the primary lets in, this lets in; more peers read here only when they may write there. */
  public readonly connections: Connections;
  public readonly monitoring: Monitoring;
  public readonly placement: Placement;
  private readonly tuning: PostgresTuning;
  private readonly disks: PostgresDisks;

  /** @throws POSTGRES_*, PROP_* */
  constructor(scope: Construct, id: string, props: PostgresReplicaProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['of', 'on', 'tls', 'synchronous', 'disks']);
    this.primary = check.instance('of', props.of, { name: 'PostgresServer', is: isPostgresServer }, 'orders');
    this.guest = guestOf(this, props.on);
    const { primary, guest } = this;
    claimServerPort(this, guest);
    const password = primary.replicationPassword;
    if (!password) {
      throw new ConfigError(
        this,
        'POSTGRES_REPLICATION_PASSWORD',
        `${primary.node.path} has no replicationPassword, so no replica can read its log`,
        {
          fix: "write replicationPassword: Secret.fromOpenBao('kv/postgres/orders', 'replication') in the server",
        },
      );
    }
    const certificate = certificateOf(this, props.tls);
    this.synchronous = check.boolean('synchronous', props.synchronous ?? false);
    this.slot = guest.hostName.replaceAll('-', '_');
    this.disks = disksOf(this, guest, props.disks ?? {});
    this.refuseSmall(this.disks);
    this.tuning = new PostgresTuning(this, sizeOf(this, guest, primary.major, this.disks, primary.workload), {
      ...primary.workload.settings,
      // A replica with less of these than its primary stops.
      ...Object.fromEntries(AT_LEAST_AS_PRIMARY.map(name => [name, primary.tuning.number(name)])),
    });
    this.host = guest.fqdn;
    this.monitoring = primary.monitoring;
    this.placement = { standsOn: [[guest]] };
    this.connections = new Connections(this, { addresses: () => addressesOf(guest) }, POSTGRES);

    primary._addReplica(this);
    primary.connections.allowFrom(guest);
    const store = this.copies?.repository.server;
    if (store) this.connections.allowTo(store.server, store.port);
    Site.of(this).onPrepare(() => {
      for (const peer of peersOf(primary)) this.connections.allowFrom(peer);
      carryFlows(this, guest);
    });
    const secrets = {
      ...certificate,
      'tls-authority': primary.authority,
      'role-replicator': password,
      ...(this.copies && secretsOf(this.copies)),
    };
    mountDisks(this.guest, new ServerLayout(this.primary.major), this.disks, this.copies);
    installServer(this, guest, primary.major, secrets, () => this.plan());
    if (this.synchronous && primary.replicas.filter(replica => replica.synchronous).length === 1) {
      warn(
        this,
        'POSTGRES_SYNC_ALL',
        `every commit of ${primary.node.path} waits for ${guest.hostName}, so that the loss of either stops writing`,
        'add a second synchronous replica, or write synchronous: false',
      );
    }
  }

  /** When it is promoted, it archives to a repository that it can reach; a disk of the primary's guest it cannot. */
  private get copies(): PgBackRest | undefined {
    const { copies } = this.primary;
    return copies?.repository.place.kind === 'disk' ? undefined : copies;
  }

  private plan(): ServerPlan {
    const { primary, guest, copies } = this;
    const layout = new ServerLayout(primary.major);
    const nfs = nfsMountOf(layout, copies);
    return {
      name: primary.name,
      layout,
      addresses: guest.addresses,
      processors: guest.consumption.threads ?? 1,
      settings: this.tuning.settings,
      databases: primary.databases,
      roles: primary.roles,
      access: hbaEntries(primary).filter(({ database }) => database !== 'replication'),
      mounts: this.guest.firstBoot.mounts.map(({ path }) => path).filter(path => path.startsWith(layout.root)),
      ...(nfs && { nfs }),
      ...(copies && { backup: copies }),
      replicas: [],
      primary: { fqdn: primary.host, slot: this.slot },
    };
  }

  public get lifecycle(): Lifecycle {
    return serverLifecycle(this.guest, [this.guest, this.primary]);
  }

  private refuseSmall(disks: PostgresDisks): void {
    for (const name of ['data', 'wal'] as const) {
      const theirs = this.primary.diskSizes[name];
      if (disks[name].size.toBytes() >= theirs.toBytes()) continue;
      throw new ConfigError(
        this,
        'POSTGRES_REPLICA_DISK',
        `disk ${disks[name].name} has ${disks[name].size}, and that of ${this.primary.node.path} has ${theirs}`,
        {
          fix: `enlarge it to ${theirs}; a replica holds all that its primary does`,
        },
      );
    }
  }
}

/** @see https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-ADMIN */
const AT_LEAST_AS_PRIMARY = ['max_connections', 'max_worker_processes'];
