import { Check, ConfigError, type ILifecycle, type Lifecycle, onRender, pathOf, Secret, Site, toYaml, vacant } from '@ashlar/core';
import { Construct, type IConstruct } from 'constructs';
import type { HarvesterCluster } from '../harvester-cluster';
import { isHarvesterCluster } from '../is-harvester-cluster';
import { targetLifecycle } from '../lifecycle/target-lifecycle';
import { secretPlace } from '../secret-place';

/** A bucket of an S3 server. */
export interface S3Bucket {
  /** URL of the server, e.g. `https://s3.example.net`. @default - Amazon */
  readonly endpoint?: string;
  readonly bucketName: string;
  readonly bucketRegion: string;
  readonly accessKeyId: Secret;
  readonly secretAccessKey: Secret;
  /** Whether the bucket is part of the host name. @default false */
  readonly virtualHostedStyle?: boolean;
}

export interface HarvesterBackupTargetProps {
  /** URL of an export, e.g. `nfs://192.168.10.5:/srv/backup`. @default - `s3` */
  readonly nfs?: string;
  /** @default - `nfs` */
  readonly s3?: S3Bucket;
  /** What the copies are lost with: the machine that serves them. @default - nothing in the model */
  readonly standsOn?: readonly IConstruct[];
}

/**
 * Where a cluster keeps the copies of its guests, one for each cluster.
 *
 * An export is a manifest. Keys of a bucket are part of the same setting, which takes no reference: it is written to
 * `devices/harvester/<cluster>/backup-target.yaml` with a place for each, which are filled when it is applied with kubectl.
 * @see https://docs.harvesterhci.io/v1.7/vm/backup-restore#configure-backup-target
 */
export class HarvesterBackupTarget extends Construct implements ILifecycle {
  public readonly cluster: HarvesterCluster;
  public readonly standsOn: readonly IConstruct[];
  private readonly nfs?: string;
  private readonly s3?: S3Bucket;

  /** @throws HARVESTER_BACKUP_TARGET */
  constructor(cluster: HarvesterCluster, id: string, props: HarvesterBackupTargetProps) {
    if (!isHarvesterCluster(cluster)) {
      throw new ConfigError(String(id), 'PROP_TYPE', 'scope must be a HarvesterCluster', {
        got: cluster,
        fix: `write new HarvesterBackupTarget(cluster, '${id}', …)`,
      });
    }
    super(vacant(cluster, id), id);
    this.cluster = cluster;
    const check = new Check(this);
    check.known(props, ['nfs', 's3', 'standsOn']);
    if (cluster.backupTarget) {
      throw new ConfigError(this, 'HARVESTER_BACKUP_TARGET', `${pathOf(cluster)} already keeps copies at ${pathOf(cluster.backupTarget)}`, {
        fix: 'keep one of them',
      });
    }
    if ((props.nfs === undefined) === (props.s3 === undefined)) {
      throw new ConfigError(this, 'HARVESTER_BACKUP_TARGET', `has ${props.nfs === undefined ? 'neither nfs nor s3' : 'both nfs and s3'}`, {
        fix: "write nfs: 'nfs://192.168.10.5:/srv/backup', or s3: { … }",
      });
    }
    if (props.nfs !== undefined)
      this.nfs = check.text('nfs', props.nfs, /^nfs:\/\/[^\s/:]+:\/\S*$/, 'the URL of an export', 'nfs://192.168.10.5:/srv/backup');
    if (props.s3 !== undefined) this.s3 = bucket(check, props.s3);
    this.standsOn = props.standsOn === undefined ? [] : check.list('standsOn', props.standsOn, 'machine');
    for (const support of this.standsOn) check.instance('standsOn', support, { name: 'Construct', is: Construct.isConstruct }, '[machine]');
    cluster._setBackupTarget(this);
    const { s3 } = this;
    if (s3)
      onRender(this, output =>
        output.write(this, `devices/harvester/${cluster.name}/backup-target.yaml`, renderBucket(Site.of(this).node.id, s3)),
      );
  }

  /** Where it is, for people. */
  public get label(): string {
    return this.nfs ?? `s3://${this.s3?.bucketName}`;
  }

  /** Name or address of its server. */
  public get server(): string {
    return new URL(this.nfs ?? this.s3?.endpoint ?? `https://s3.${this.s3?.bucketRegion}.amazonaws.com`).hostname;
  }

  /** Keys that are put in where it is applied. */
  public get secrets(): readonly Secret[] {
    return this.s3 ? [this.s3.accessKeyId, this.s3.secretAccessKey] : [];
  }

  public get lifecycle(): Lifecycle {
    return targetLifecycle(this);
  }

  /** The setting, when it has nothing secret in it. */
  public get manifest(): object | undefined {
    return this.nfs === undefined ? undefined : setting({ type: 'nfs', endpoint: this.nfs, refreshIntervalInSeconds: 60 });
  }
}

function setting(value: object) {
  return { apiVersion: 'harvesterhci.io/v1beta1', kind: 'Setting', metadata: { name: 'backup-target' }, value: JSON.stringify(value) };
}

function renderBucket(site: string, s3: S3Bucket): string {
  const value = {
    type: 's3',
    endpoint: s3.endpoint ?? '',
    accessKeyId: secretPlace(s3.accessKeyId),
    secretAccessKey: secretPlace(s3.secretAccessKey),
    bucketName: s3.bucketName,
    bucketRegion: s3.bucketRegion,
    cert: '',
    virtualHostedStyle: s3.virtualHostedStyle ?? false,
    refreshIntervalInSeconds: 60,
  };
  return `# ${site}: the keys are put in when this is applied.\n${toYaml(setting(value))}`;
}

function bucket(check: Check, s3: S3Bucket): S3Bucket {
  check.known(s3, ['endpoint', 'bucketName', 'bucketRegion', 'accessKeyId', 'secretAccessKey', 'virtualHostedStyle']);
  if (s3.endpoint !== undefined)
    check.text('s3.endpoint', s3.endpoint, /^https?:\/\/[^\s/?#]+$/, 'the URL of a server, without a path', 'https://s3.example.net');
  check.text(
    's3.bucketName',
    s3.bucketName,
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'the name of a bucket: 3 to 63 lower-case letters, digits, dots and dashes',
    'backups',
  );
  check.text('s3.bucketRegion', s3.bucketRegion, /^[a-z0-9-]+$/, 'the name of a region', 'us-east-1');
  check.instance('s3.accessKeyId', s3.accessKeyId, Secret, "Secret.fromOpenBao('kv/backup', 'access-key')");
  check.instance('s3.secretAccessKey', s3.secretAccessKey, Secret, "Secret.fromOpenBao('kv/backup', 'secret-key')");
  return s3;
}
