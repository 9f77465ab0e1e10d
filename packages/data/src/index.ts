export type { IPostgresCluster } from './postgres-access';
export * from './postgres-backup';
export * from './postgres-cluster';
export * from './postgres-version';
