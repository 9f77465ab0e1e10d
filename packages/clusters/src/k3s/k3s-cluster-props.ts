import type { IAddressed, IInstance, Secret, Version } from '@ashlar/core';
import type { Pool } from '@ashlar/network';
import type { K3sAgent } from './k3s-agent';
import type { K3sRegistries } from './k3s-registries';
import type { K3sSnapshots } from './k3s-snapshots';

export interface K3sClusterProps {
  /** Release of K3s, e.g. `Version.of('v1.34.2+k3s1')`. @see https://github.com/k3s-io/k3s/releases */
  readonly version: Version;
  /** The release that runs until an upgrade from it is over, so that no minor is skipped. @default - nothing is known of it */
  readonly runs?: Version;
  /** Release of agents that have not followed yet, at most three minors behind. @default - that of the servers */
  readonly agentVersion?: Version;
  /** Control planes with embedded etcd: 1, 3, 5 or 7, each on a host of its own. The first begins the cluster. */
  readonly servers: readonly IInstance[];
  /** Workers. @default - none: servers run workloads too */
  readonly agents?: readonly (IInstance | K3sAgent)[];
  /** Servers run nothing but the control plane; agents then run the rest. @default false */
  readonly dedicatedServers?: boolean;
  /** Virtual address of the API, free in the servers' segment; kube-vip moves it between servers. */
  readonly apiAddress: IAddressed;
  /** Shared secret by which nodes join. */
  readonly token: Secret;
  /** Addresses of services of type LoadBalancer, in a segment where the nodes have an address. @default - no such services */
  readonly loadBalancers?: Pool;
  /** Who connects pods, and enforces policies: K3s' own, or Cilium, which encrypts and does without kube-proxy. @default `flannel` */
  readonly network?: 'flannel' | 'cilium';
  /** Where nodes pull images from. @default - from the registries that images name */
  readonly registries?: K3sRegistries;
  /** Account on servers from which access to the cluster is fetched, over SSH, and which may use sudo. @default `admin` */
  readonly adminUser?: string;
  /** Where copies of etcd go, besides the servers, every six hours. @default - nowhere */
  readonly snapshots?: K3sSnapshots;
  /** @default `10.42.0.0/16`, K3s' own */
  readonly podCidr?: string;
  /** @default `10.43.0.0/16`, K3s' own */
  readonly serviceCidr?: string;
}

/** What may be said of a cluster. */
export const K3S_CLUSTER_PROPS: readonly (keyof K3sClusterProps)[] = [
  'version',
  'runs',
  'agentVersion',
  'servers',
  'agents',
  'dedicatedServers',
  'apiAddress',
  'token',
  'loadBalancers',
  'network',
  'registries',
  'snapshots',
  'adminUser',
  'podCidr',
  'serviceCidr',
];
