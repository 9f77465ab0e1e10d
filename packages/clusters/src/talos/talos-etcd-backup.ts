import type { IConnectable } from '@ashlar/core';
import {
  type BackupCoverage,
  Check,
  ConfigError,
  Duration,
  hostPrefix,
  type IBackedUp,
  isConnectable,
  Port,
  Secret,
  vacant,
} from '@ashlar/core';
import { ApiObject } from 'cdk8s';
import { Construct, type IConstruct } from 'constructs';
import type { TalosCluster } from './talos-cluster';
import { isTalosCluster } from './talos-clusters-of';
import { TALOS_API } from './talos-flows';

export interface TalosEtcdBackupProps {
  /** S3 endpoint, e.g. `https://s3.example.net:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** @default `us-east-1` */
  readonly region?: string;
  /** Keys of a Secret in the namespace `etcd-backup`, which somebody else puts there. */
  readonly credentials: { readonly accessKey: Secret; readonly secretKey: Secret };
  /** Public key of age; who has the other one can restore. */
  readonly encryptTo: string;
  /** Time between two snapshots: 1, 2, 3, 4, 6, 8, 12 or 24 hours. @default 6 hours */
  readonly every?: Duration;
  /** How long the bucket keeps what is put into it, by its own rule. */
  readonly keep: Duration;
  /** What answers at the endpoint, when it is of this site: machines get a way to it. @default - it is elsewhere */
  readonly server?: IConnectable;
  /** What holds the bucket, when it is of this site. @default - not known */
  readonly standsOn?: readonly IConstruct[];
}

/** @see https://github.com/siderolabs/talos-backup/releases */
const IMAGE = 'ghcr.io/siderolabs/talos-backup:v0.1.0-beta.3';
const NAMESPACE = 'etcd-backup';
const NAME = 'talos-backup';
const LABELS = { 'app.kubernetes.io/name': NAME };

/**
 * Snapshots of the etcd of a Talos cluster, in a bucket, encrypted to a key that the cluster does not have.
 *
 * A job in the cluster takes them, which Talos lets do that and nothing else.
 * @see https://docs.siderolabs.com/kubernetes-guides/advanced-guides/talos-api-access-from-k8s
 */
export class TalosEtcdBackup extends Construct implements IBackedUp {
  public readonly backup: BackupCoverage;

  /** @throws TALOS_BACKUP, PROP_*, ID_TAKEN */
  constructor(cluster: TalosCluster, id: string, props: TalosEtcdBackupProps) {
    super(vacant(cluster, id), id);
    const check = new Check(this);
    check.instance('scope', cluster, { name: 'TalosCluster', is: isTalosCluster }, 'cluster');
    check.known(props, ['endpoint', 'bucket', 'region', 'credentials', 'encryptTo', 'every', 'keep', 'server', 'standsOn']);
    check.text('endpoint', props.endpoint, /^https:\/\/[\w.-]+(:\d+)?$/, 'an address over https, without a path', 'https://s3.example.net');
    check.text('bucket', props.bucket, /^[a-z0-9][a-z0-9.-]{2,62}$/, 'the name of a bucket', 'etcd');
    check.text('encryptTo', props.encryptTo, /^age1[0-9a-z]{58}$/, 'a public key of age', `age1${'q'.repeat(58)}`);
    const every = check.instance('every', props.every ?? Duration.hours(6), Duration, 'Duration.hours(6)').toMinutes() / 60;
    if (![1, 2, 3, 4, 6, 8, 12, 24].includes(every)) {
      throw new ConfigError(this, 'TALOS_BACKUP', 'every must divide a day into whole hours', {
        got: String(props.every),
        fix: 'write Duration.hours(6)',
      });
    }
    check.instance('keep', props.keep, Duration, 'Duration.days(30)');
    const { accessKey, secretKey } = check.present('credentials', props.credentials, '{ accessKey, secretKey }');
    const keys = [keyOf(this, accessKey), keyOf(this, secretKey)] as const;
    this.backup = {
      target: `bucket ${props.bucket} at ${new URL(props.endpoint).host}, encrypted to age`,
      recoveryPoint: Duration.hours(every),
      retention: props.keep,
      ...(props.standsOn && { standsOn: props.standsOn }),
    };
    cluster._backedUpBy(NAMESPACE, this.backup);
    const port = Port.tcp(Number(new URL(props.endpoint).port || 443));
    if (props.server !== undefined) letOut(this, cluster, props.server, port);

    const unit = cluster.namespace(NAMESPACE);
    new ApiObject(unit, 'Account', {
      apiVersion: 'talos.dev/v1alpha1',
      kind: 'ServiceAccount',
      // Talos brings the definition with the feature, after an installer has checked this against the cluster.
      metadata: { name: NAME, annotations: { 'argocd.argoproj.io/sync-options': 'SkipDryRunOnMissingResource=true' } },
      spec: { roles: ['os:etcd:backup'] },
    });
    new ApiObject(unit, 'Policy', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: NAME },
      spec: { podSelector: { matchLabels: LABELS }, policyTypes: ['Egress'], egress: egress(cluster, props, port) },
    });
    new ApiObject(unit, 'Job', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: NAME },
      spec: {
        schedule: every === 24 ? '17 3 * * *' : `17 */${every} * * *`,
        concurrencyPolicy: 'Forbid',
        jobTemplate: { spec: { backoffLimit: 3, activeDeadlineSeconds: 900, template: podOf(cluster, props, keys) } },
      },
    });
  }
}

interface Key {
  readonly name: string;
  readonly key: string;
}

/** @throws TALOS_BACKUP */
function keyOf(backup: IConstruct, secret: Secret): Key {
  new Check(backup).instance('credentials', secret, Secret, `Secret.fromKubernetes('${NAMESPACE}', 's3', 'access-key')`);
  const { source } = secret;
  if (source.kind === 'kubernetes' && source.namespace === NAMESPACE) return { name: source.name, key: source.key };
  throw new ConfigError(backup, 'TALOS_BACKUP', `credentials are ${secret.describe()}, which a job in ${NAMESPACE} does not read`, {
    fix: `write Secret.fromKubernetes('${NAMESPACE}', 's3', 'access-key'), and let an operator put it there`,
  });
}

/** The job runs on any machine, and leaves from the machine's address. */
function letOut(backup: IConstruct, cluster: TalosCluster, server: IConnectable, port: Port): void {
  if (!isConnectable(server)) {
    throw new ConfigError(backup, 'TALOS_BACKUP', 'server must be something that has connections', {
      got: server,
      fix: 'pass the host or the machine that answers at the endpoint',
    });
  }
  for (const { node } of cluster.members) server.connections.allowFrom(node, port);
}

function egress(cluster: TalosCluster, { server }: TalosEtcdBackupProps, port: Port): object[] {
  const tcp = (number: number) => [{ protocol: 'TCP', port: number }];
  const blocks = (addresses: readonly string[]) => addresses.map(cidr => ({ ipBlock: { cidr } }));
  const controlPlanes = cluster.controlPlanes.flatMap(node => node.addresses.map(({ ip }) => hostPrefix(ip)));
  return [
    {
      to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } } }],
      ports: [{ protocol: 'UDP', port: 53 }, ...tcp(53)],
    },
    { to: blocks(controlPlanes), ports: tcp(TALOS_API.from) },
    { to: blocks(server ? server.connections.endpoint.addresses() : ['0.0.0.0/0']), ports: tcp(port.from) },
  ];
}

function podOf(cluster: TalosCluster, props: TalosEtcdBackupProps, [accessKey, secretKey]: readonly [Key, Key]): object {
  const env = {
    AGE_X25519_PUBLIC_KEY: props.encryptTo,
    AWS_REGION: props.region ?? 'us-east-1',
    BUCKET: props.bucket,
    CLUSTER_NAME: cluster.name,
    CUSTOM_S3_ENDPOINT: props.endpoint,
    ENABLE_COMPRESSION: 'true',
  };
  return {
    metadata: { labels: LABELS },
    spec: {
      restartPolicy: 'OnFailure',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: NAME,
          image: IMAGE,
          command: ['/talos-backup'],
          workingDir: '/tmp',
          env: [
            ...Object.entries(env).map(([name, value]) => ({ name, value })),
            { name: 'AWS_ACCESS_KEY_ID', valueFrom: { secretKeyRef: accessKey } },
            { name: 'AWS_SECRET_ACCESS_KEY', valueFrom: { secretKeyRef: secretKey } },
          ],
          resources: { requests: { cpu: '50m', memory: '128Mi' }, limits: { memory: '512Mi' } },
          securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
          volumeMounts: [
            { name: 'tmp', mountPath: '/tmp' },
            { name: 'talos', mountPath: '/var/run/secrets/talos.dev', readOnly: true },
          ],
        },
      ],
      volumes: [
        { name: 'tmp', emptyDir: { sizeLimit: '2Gi' } },
        { name: 'talos', secret: { secretName: NAME } },
      ],
    },
  };
}
