import { Check, Connections, type IConnectable, Port, Secret } from '@ashlar/core';
import { namespaceOf, podAddresses, podSelection } from '@ashlar/kubernetes';
import { Construct } from 'constructs';

/** What a client needs of a PostgreSQL cluster, whether this app defines it or not. */
export interface IPostgresCluster extends IConnectable {
  /** DNS name of the primary, for reads and writes. */
  readonly host: string;
  /** DNS name of the replicas, for reads that may lag; of no use with a single instance. */
  readonly readOnlyHost: string;
  /** Owner of the database. The operator writes this and the following into the Secret `<name>-app`. */
  readonly username: Secret;
  readonly password: Secret;
  /** `postgresql://user:password@host:5432/database` */
  readonly uri: Secret;
}

/** Port of the database. */
export const POSTGRES = Port.tcp(5432);

/** A cluster of somebody else: names only. */
export class ImportedPostgresCluster extends Construct implements IPostgresCluster {
  public readonly host: string;
  public readonly readOnlyHost: string;
  public readonly username: Secret;
  public readonly password: Secret;
  public readonly uri: Secret;
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    const namespace = namespaceOf(this);
    const known = access(new Check(this).label('name', name), namespace);
    this.host = known.host;
    this.readOnlyHost = known.readOnlyHost;
    this.username = known.username;
    this.password = known.password;
    this.uri = known.uri;
    this.connections = new Connections(
      this,
      { addresses: () => podAddresses(this), pods: podSelection(this, namespace, instanceLabels(name)) },
      POSTGRES,
    );
  }
}

/** Names that the operator derives from the cluster's. @see https://cloudnative-pg.io/documentation/current/applications/ */
export function access(name: string, namespace: string): Pick<IPostgresCluster, 'host' | 'readOnlyHost' | 'username' | 'password' | 'uri'> {
  const secret = (key: string) => Secret.fromKubernetes(namespace, `${name}-app`, key);
  const service = (kind: string) => `${name}-${kind}.${namespace}.svc.cluster.local`;
  return {
    host: service('rw'),
    readOnlyHost: service('ro'),
    username: secret('username'),
    password: secret('password'),
    uri: secret('uri'),
  };
}

/** How the operator labels the pods of a cluster. */
export function instanceLabels(name: string): Record<string, string> {
  return { 'cnpg.io/cluster': name };
}
