import {
  type BackupCoverage,
  Check,
  ConfigError,
  Connections,
  type DisruptionBudget,
  type IBackedUp,
  type IConsumer,
  type IDisruptible,
  type IMonitored,
  type IPlaced,
  type IReplicated,
  type Monitoring,
  type Placement,
  Port,
  type Replication,
  type Resources,
  type Secret,
  Size,
  warn,
} from '@ashlar/core';
import { KubernetesCluster, namespaceOf, objectName, podAddresses, podSelection } from '@ashlar/kubernetes';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import { PostgresVersion } from '../postgres-version';
import { backupPlan } from './backup-plan';
import { requireOperator } from './cloud-native-pg';
import { access, ImportedPostgresCluster, type IPostgresCluster, instanceLabels, POSTGRES } from './postgres-access';
import { BARMAN_PLUGIN, type PostgresBackupProps } from './postgres-backup';
import { defineNetworkPolicy } from './postgres-network-policy';
import { definePodMonitor } from './postgres-pod-monitor';
import { replication, synchronousReplicas } from './synchronous-replicas';

export interface PostgresClusterProps {
  /** Volume of each instance. It can grow later, never shrink. 1 GiB or more */
  readonly storage: Size;
  /** Volume of each instance for the write-ahead log, so that a log that cannot be archived does not fill the data's. @default - a quarter of storage in whole GiB, at least 1 GiB */
  readonly walStorage?: Size;
  /** @default - the cluster's default storage class */
  readonly storageClass?: string;
  /** One primary plus replicas, each on a host of its own. 1–9 @default 3 */
  readonly instances?: number;
  /** Replicas that must confirm a commit; a commit waits while fewer are up. @default 1 from three instances on, else 0 */
  readonly synchronousReplicas?: number;
  /** @default PostgresVersion.V17 */
  readonly version?: PostgresVersion;
  /** Processor cores reserved for each instance; it can use four times as much while others do not need it. 0.1–64 @default 0.5 */
  readonly cpu?: number;
  /** Memory of each instance; a quarter of it is PostgreSQL's own cache. 256 MiB or more @default 1 GiB */
  readonly memory?: Size;
  /** Name of the database. @default `app` */
  readonly database?: string;
  /** Role that owns the database. @default - as the database */
  readonly owner?: string;
  /** Where copies go, or why there are none. @default - none, with a warning */
  readonly backup?: PostgresBackupProps | { readonly waived: string };
  /** A PodMonitor for the Prometheus operator, whose definitions must be in the cluster. @default false */
  readonly podMonitor?: boolean;
}

/**
 * A highly available PostgreSQL, run by the CloudNativePG operator.
 *
 * Nobody but the operator and the instances may connect until `connections.allowFrom` says so.
 * @see https://cloudnative-pg.io/documentation/
 */
export class PostgresCluster
  extends Construct
  implements IPostgresCluster, IBackedUp, IReplicated, IMonitored, IConsumer, IPlaced, IDisruptible
{
  /** Refers to a cluster that something else defines, in the namespace of `scope`. Its own network policy is not ours to open. */
  public static fromName(scope: Construct, id: string, name: string): IPostgresCluster {
    return new ImportedPostgresCluster(scope, id, name);
  }

  public readonly replication?: Replication;
  public readonly name: string;
  public readonly namespace: string;
  public readonly host: string;
  public readonly readOnlyHost: string;
  public readonly username: Secret;
  public readonly password: Secret;
  public readonly uri: Secret;
  public readonly connections: Connections;
  public readonly backup: BackupCoverage;
  public readonly monitoring: Monitoring = { metrics: [{ port: METRICS }] };
  public readonly consumption: Resources;
  public readonly disruption: DisruptionBudget;

  /** @throws POSTGRES_*, NAMESPACE_MISSING, PROP_* */
  constructor(scope: Construct, id: string, props: PostgresClusterProps) {
    super(scope, id);
    const check = new Check(this);
    check.known(props, KNOWN);
    this.namespace = namespaceOf(this);
    this.name = nameOf(this, check);
    const { host, readOnlyHost, username, password, uri } = access(this.name, this.namespace);
    this.host = host;
    this.readOnlyHost = readOnlyHost;
    this.username = username;
    this.password = password;
    this.uri = uri;
    const storage = volume(this, check, 'storage', props.storage);
    const walStorage = volume(
      this,
      check,
      'walStorage',
      props.walStorage ?? Size.gibibytes(Math.max(1, Math.ceil(storage.toBytes() / 4 / GIB))),
    );
    const instances = check.integer('instances', props.instances ?? 3, 1, 9);
    // The operator moves the primary off a node that is emptied.
    this.disruption = { replicas: instances, minAvailable: instances - 1 };
    const synchronous = synchronousReplicas(this, check, instances, props.synchronousReplicas);
    const cpu = cores(this, props.cpu ?? 0.5);
    const memory = check.instance('memory', props.memory ?? Size.gibibytes(1), Size, 'Size.gibibytes(1)');
    if (memory.toBytes() < 256 * MIB) {
      throw new ConfigError(this, 'POSTGRES_MEMORY', 'memory must be 256 MiB or more', {
        got: String(memory),
        fix: 'write memory: Size.gibibytes(1)',
      });
    }
    const version = check.instance('version', props.version ?? PostgresVersion.V17, PostgresVersion, 'PostgresVersion.V17');
    const database = check.text(
      'database',
      props.database ?? 'app',
      IDENTIFIER,
      'lower-case letters, digits and underscores, a letter first',
      'orders',
    );
    const owner = check.text(
      'owner',
      props.owner ?? database,
      IDENTIFIER,
      'lower-case letters, digits and underscores, a letter first',
      'orders',
    );
    if (props.storageClass !== undefined) check.label('storageClass', props.storageClass);

    this.connections = new Connections(
      this,
      { addresses: () => podAddresses(this), pods: podSelection(this, this.namespace, instanceLabels(this.name)) },
      POSTGRES,
    );
    const plan = backupPlan(this, props.backup);
    this.backup = plan.coverage;
    const storageOf = (size: Size) => ({ size: size.toQuantity(), ...(props.storageClass && { storageClass: props.storageClass }) });
    new ApiObject(this, 'Resource', {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      // With the object, the operator deletes the volumes: Argo CD asks a person first.
      metadata: { name: this.name, annotations: { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' } },
      spec: {
        instances,
        imageName: version.image,
        storage: storageOf(storage),
        walStorage: storageOf(walStorage),
        resources: {
          requests: { cpu: `${Math.round(cpu * 1000)}m`, memory: memory.toQuantity() },
          limits: { cpu: `${Math.round(cpu * 4000)}m`, memory: memory.toQuantity() },
        },
        affinity: { enablePodAntiAffinity: true, podAntiAffinityType: 'required', topologyKey: 'kubernetes.io/hostname' },
        // The budget of a single instance would block the drain of its node for good.
        enablePDB: instances > 1,
        enableSuperuserAccess: false,
        primaryUpdateStrategy: 'unsupervised',
        primaryUpdateMethod: instances > 1 ? 'switchover' : 'restart',
        bootstrap: { initdb: { database, owner, dataChecksums: true } },
        postgresql: {
          parameters: { shared_buffers: `${Math.floor(memory.toBytes() / 4 / MIB)}MB` },
          ...(synchronous > 0 && { synchronous: { method: 'any', number: synchronous, dataDurability: 'required' } }),
        },
        ...(plan.backup && { plugins: [{ name: BARMAN_PLUGIN, isWALArchiver: true, parameters: { barmanObjectName: this.name } }] }),
      },
    });
    defineNetworkPolicy(this, plan.opening);
    if (check.boolean('podMonitor', props.podMonitor ?? false)) definePodMonitor(this);
    requireOperator(this);

    this.consumption = {
      threads: cpu * instances,
      memory: Size.bytes(memory.toBytes() * instances),
      disk: Size.bytes(storage.plus(walStorage).toBytes() * instances),
    };
    this.replication = replication(instances, synchronous);
    if (instances === 1)
      warn(this, 'POSTGRES_SINGLE_INSTANCE', 'one instance: an upgrade, or the loss of its node, stops the database', 'write instances: 3');
  }

  /** Its cluster: no two instances share a host, and any of them can be the primary. */
  public get placement(): Placement {
    const cluster: IConstruct | undefined = KubernetesCluster.find(this);
    return { standsOn: cluster ? [[cluster]] : [] };
  }
}

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
const METRICS = Port.tcp(9187);
const IDENTIFIER = /^[a-z][a-z0-9_]{0,62}$/;
const KNOWN: readonly (keyof PostgresClusterProps)[] = [
  'storage',
  'walStorage',
  'storageClass',
  'instances',
  'synchronousReplicas',
  'version',
  'cpu',
  'memory',
  'database',
  'owner',
  'backup',
  'podMonitor',
];

function nameOf(scope: Construct, check: Check): string {
  const name = objectName(scope);
  check.text(
    'the name of a PostgresCluster',
    name,
    /^[a-z]([a-z0-9-]*[a-z0-9])?$/,
    'lower-case letters, digits and dashes, a letter first',
    'orders',
  );
  if (name.length <= 50) return name;
  throw new ConfigError(
    scope,
    'POSTGRES_NAME',
    'the name must be at most 50 characters, because the names of services and pods begin with it',
    { got: name, fix: 'choose a shorter id' },
  );
}

function volume(scope: Construct, check: Check, name: string, size: Size): Size {
  check.instance(name, size, Size, 'Size.gibibytes(20)');
  if (size.toBytes() >= GIB) return size;
  throw new ConfigError(scope, 'POSTGRES_STORAGE', `${name} must be 1 GiB or more`, {
    got: String(size),
    fix: `write ${name}: Size.gibibytes(20); it can grow later, never shrink`,
  });
}

function cores(scope: Construct, cpu: number): number {
  if (typeof cpu === 'number' && cpu >= 0.1 && cpu <= 64) return cpu;
  throw new ConfigError(scope, 'PROP_RANGE', 'cpu must be a number of cores from 0.1 to 64', { got: cpu, fix: 'write cpu: 0.5' });
}
