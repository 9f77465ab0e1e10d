import type { IConnectable, IProvider, Port } from '@ashlar/core';
import type { Vlan } from '@ashlar/network';
import type { IConstruct } from 'constructs';
import type { ClusterPlan, MachineRole, Unnamed } from './cluster-plan';
import type { ProviderRelease } from './provider-release';

/** What a cluster factory makes machines on. */
export interface ClusterInfrastructure {
  /** For people, e.g. `Harvester`. */
  readonly title: string;
  /** Its provider of Cluster API, with what that one needs itself. */
  readonly providers: readonly ProviderRelease[];
  /** What carries the machines; each offers memory and threads. */
  readonly hosts: readonly IProvider[];
  /** What must run for machines to be made, such as the cluster of hypervisors. */
  readonly standsOn: readonly IConstruct[];
  /** Whether its provider hands a configuration of Talos to a machine as it is. */
  readonly startsTalos: boolean;
  /** Where its provider reaches it. @default - what runs in the management cluster itself */
  readonly api?: { readonly of: IConnectable; readonly port: Port };
  /** The Secret of the management cluster that lets its provider in; a person puts it there. @default - none is needed */
  readonly credentials?: { readonly namespace: string; readonly name: string };
  /** Segment in which it answers for the addresses of the APIs itself. @default - the machines pass the address on, in their own */
  readonly apiSegment?: Vlan;
  /** The Cluster API object of the infrastructure, without a name. */
  cluster(plan: ClusterPlan): Unnamed;
  /** The template of the machines of a role; its `spec` is that of a machine. */
  machineTemplate(plan: ClusterPlan, role: MachineRole): Unnamed;
}
