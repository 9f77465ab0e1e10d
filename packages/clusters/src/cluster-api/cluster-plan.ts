import type { Subnet, Vlan } from '@ashlar/network';
import type { ClusterClass, MachineSize } from './cluster-class';

/** Either the machines of etcd, or the others. */
export type MachineRole = 'control-plane' | 'worker';

/** What the objects of one downstream cluster are made from. */
export interface ClusterPlan {
  readonly name: string;
  /** Namespace of its objects in the management cluster. */
  readonly namespace: string;
  /** As Cluster API writes it: `v1.34.2`. */
  readonly kubernetes: string;
  /** As the Talos providers write it: `v1.12`. */
  readonly talos: string;
  /** Segment of its machines, with its IPv4 prefix. */
  readonly vlan: Vlan;
  readonly subnet: Subnet;
  /** Address at which its API answers. */
  readonly apiAddress: string;
  /** First and last address of its machines. */
  readonly nodes: { readonly first: string; readonly last: string };
  readonly dnsServers: readonly string[];
  readonly pods: string;
  readonly services: string;
  readonly class: ClusterClass;
  readonly controlPlanes: number;
  /** Equal when nothing scales it. */
  readonly workers: { readonly min: number; readonly max: number };
}

/** An object of Kubernetes before it has a name. */
export interface Unnamed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: object;
}

/** An object of Kubernetes. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

/** Port of the Kubernetes API. */
export const API_PORT = 6443;

export function sizeOf(plan: ClusterPlan, role: MachineRole): MachineSize {
  return role === 'worker' ? plan.class.worker : plan.class.controlPlane;
}
