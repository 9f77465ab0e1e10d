import { type BackupCoverage, Check, ConfigError, Duration, type IConnectable, isConnectable, Port, Secret } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** Where copies of etcd go, besides the servers themselves. */
export interface K3sSnapshots {
  /** S3 endpoint, e.g. `https://s3.example.net:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Folder in the bucket. @default - the name of the cluster */
  readonly folder?: string;
  /** @default - K3s' own, `us-east-1` */
  readonly region?: string;
  /** Its value is a part of K3s' configuration: `etcd-s3-access-key: …` and `etcd-s3-secret-key: …`, a line each. */
  readonly credentials: Secret;
  /** What answers at the endpoint, when it is of this site: servers get a way to it. @default - it is elsewhere */
  readonly server?: IConnectable;
}

/** Where the secret part of the configuration is, on every server; K3s reads every file of the folder. */
export const SNAPSHOT_CREDENTIALS = '/etc/rancher/k3s/config.yaml.d/20-snapshots.yaml';

const EVERY = Duration.hours(6);
/** Of each server. */
const KEPT = 28;

/** @throws PROP_*, K3S_SNAPSHOTS */
export function checkSnapshots(scope: IConstruct, snapshots: K3sSnapshots): void {
  const check = new Check(scope);
  check.known(snapshots, ['endpoint', 'bucket', 'folder', 'region', 'credentials', 'server']);
  check.text(
    'snapshots.endpoint',
    snapshots.endpoint,
    /^https:\/\/[\w.-]+(:\d+)?$/,
    'an address over https, without a path',
    'https://s3.example.net',
  );
  check.text('snapshots.bucket', snapshots.bucket, /^[a-z0-9][a-z0-9.-]{2,62}$/, 'the name of a bucket', 'snapshots');
  if (snapshots.folder !== undefined)
    check.text('snapshots.folder', snapshots.folder, /^[\w.-]+(\/[\w.-]+)*$/, 'a folder of the bucket', 'k3s/prod');
  if (snapshots.region !== undefined)
    check.text('snapshots.region', snapshots.region, /^[a-z0-9-]+$/, 'the name of a region', 'eu-central-1');
  check.instance('snapshots.credentials', snapshots.credentials, Secret, "Secret.fromTerraformVariable('k3s_snapshots')");
  if (snapshots.server === undefined || isConnectable(snapshots.server)) return;
  throw new ConfigError(scope, 'K3S_SNAPSHOTS', 'snapshots.server must be something that has connections', {
    got: snapshots.server,
    fix: 'pass the host or the machine that answers at the endpoint',
  });
}

/** Keys of `config.yaml`. @see https://docs.k3s.io/cli/etcd-snapshot */
export function snapshotSettings(cluster: string, snapshots: K3sSnapshots | undefined): object {
  return {
    'etcd-snapshot-schedule-cron': `0 */${EVERY.toMinutes() / 60} * * *`,
    'etcd-snapshot-retention': KEPT,
    ...(snapshots && {
      'etcd-s3': true,
      'etcd-s3-endpoint': new URL(snapshots.endpoint).host,
      'etcd-s3-bucket': snapshots.bucket,
      'etcd-s3-folder': folderOf(cluster, snapshots),
      ...(snapshots.region && { 'etcd-s3-region': snapshots.region }),
    }),
  };
}

/** Lets servers reach the store, where it is of this site. */
export function connectSnapshots(snapshots: K3sSnapshots, servers: readonly IConnectable[]): void {
  const { port } = new URL(snapshots.endpoint);
  for (const server of servers) snapshots.server?.connections.allowFrom(server, Port.tcp(Number(port || 443)));
}

/** What is kept of etcd when every server is gone. */
export function snapshotCoverage(cluster: string, snapshots: K3sSnapshots | undefined): BackupCoverage {
  if (!snapshots) return { waived: 'what it holds is in Git; snapshots of etcd stay on its servers' };
  return {
    target: `s3://${snapshots.bucket}/${folderOf(cluster, snapshots)} at ${new URL(snapshots.endpoint).host}`,
    recoveryPoint: EVERY,
    retention: Duration.hours((EVERY.toMinutes() / 60) * KEPT),
    ...(snapshots.server && { standsOn: [snapshots.server] }),
  };
}

function folderOf(cluster: string, snapshots: K3sSnapshots): string {
  return snapshots.folder ?? cluster;
}
