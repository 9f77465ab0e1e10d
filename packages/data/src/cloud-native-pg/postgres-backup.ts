import { type BackupCoverage, Check, ConfigError, Duration, type IConnectable, Port, Secret } from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requireBarmanPlugin } from './cloud-native-pg';

/** Copies to an S3 object store: the whole database once a day, and every change within five minutes. */
export interface PostgresBackupProps {
  /** Bucket and folder, e.g. `s3://backups/orders`; each cluster needs its own. */
  readonly destination: string;
  /** e.g. `https://s3.example.net` */
  readonly endpoint: string;
  /** Keys of a Secret in the namespace of the database. */
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  /** The object store in the model. @default - any address on the endpoint's port */
  readonly server?: IConnectable;
  /** Six fields of cron, seconds first. @default `0 0 2 * * *`, every night at 2 */
  readonly schedule?: string;
  /** How far back one can restore to any moment; whole days. @default 30 days */
  readonly retention?: Duration;
}

/** The name under which the plug-in is known to the operator. */
export const BARMAN_PLUGIN = 'barman-cloud.cloudnative-pg.io';

/** The store and the schedule of a database's copies. @see https://cloudnative-pg.io/plugin-barman-cloud/ */
export class PostgresBackup extends Construct {
  public readonly coverage: BackupCoverage;
  public readonly port: Port;

  /** @throws PROP_*, POSTGRES_BACKUP_SECRET, POSTGRES_BACKUP_RETENTION */
  constructor(scope: Construct, id: string, cluster: { readonly name: string; readonly namespace: string }, props: PostgresBackupProps) {
    super(scope, id);
    const check = new Check(this);
    check.known(props, ['destination', 'endpoint', 'accessKeyId', 'secretAccessKey', 'server', 'schedule', 'retention']);
    const destinationPath = check.text(
      'destination',
      props.destination,
      /^s3:\/\/[a-z0-9.-]{3,63}(\/[\w.-]+)*\/?$/,
      'a bucket and a folder',
      's3://backups/orders',
    );
    const endpointURL = check.text(
      'endpoint',
      props.endpoint,
      /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/,
      'an http address without path',
      'https://s3.example.net',
    );
    const schedule = check.text(
      'schedule',
      props.schedule ?? '0 0 2 * * *',
      /^\S+( \S+){5}$/,
      'six fields of cron, seconds first',
      '0 0 2 * * *',
    );
    const retention = check.instance('retention', props.retention ?? Duration.days(30), Duration, 'Duration.days(30)');
    const days = retention.toSeconds() / 86_400;
    if (!Number.isInteger(days) || days < 1) {
      throw new ConfigError(this, 'POSTGRES_BACKUP_RETENTION', 'retention must be whole days, 1 or more', {
        got: String(retention),
        fix: 'write retention: Duration.days(30)',
      });
    }
    const url = new URL(endpointURL);
    this.port = Port.tcp(Number(url.port || (url.protocol === 'https:' ? 443 : 80)));
    const standsOn = props.server ? { standsOn: [props.server] } : {};
    this.coverage = { target: `${destinationPath} at ${endpointURL}`, recoveryPoint: Duration.minutes(5), retention, ...standsOn };

    new ApiObject(this, 'Store', {
      apiVersion: 'barmancloud.cnpg.io/v1',
      kind: 'ObjectStore',
      metadata: { name: cluster.name },
      spec: {
        retentionPolicy: `${days}d`,
        configuration: {
          destinationPath,
          endpointURL,
          s3Credentials: {
            accessKeyId: key(this, cluster.namespace, 'accessKeyId', props.accessKeyId),
            secretAccessKey: key(this, cluster.namespace, 'secretAccessKey', props.secretAccessKey),
          },
          wal: { compression: 'gzip' },
          data: { compression: 'gzip' },
        },
      },
    });
    new ApiObject(this, 'Schedule', {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'ScheduledBackup',
      metadata: { name: cluster.name },
      spec: {
        cluster: { name: cluster.name },
        schedule,
        immediate: true,
        backupOwnerReference: 'cluster',
        method: 'plugin',
        pluginConfiguration: { name: BARMAN_PLUGIN },
      },
    });
    requireBarmanPlugin(this);
  }
}

function key(scope: Construct, namespace: string, name: string, secret: Secret): { name: string; key: string } {
  const { source } = new Check(scope).instance(name, secret, Secret, `Secret.fromKubernetes('${namespace}', 'backup', 'key')`);
  if (source.kind === 'kubernetes' && source.namespace === namespace) return { name: source.name, key: source.key };
  throw new ConfigError(
    scope,
    'POSTGRES_BACKUP_SECRET',
    `${name} is kept in ${secret.describe()}, which the database in namespace ${namespace} cannot read`,
    {
      fix: `pass Secret.fromKubernetes('${namespace}', …)`,
    },
  );
}
