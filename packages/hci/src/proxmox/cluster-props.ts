import type { IConnectable, IVlan, Secret, Version } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ProxmoxNodeProps } from './proxmox-node';
import type { VmIdPlan, VmIdRange } from './vm-id-plan';

export interface ProxmoxClusterProps {
  /** Version of Proxmox VE that the nodes run, 8.2 or later: what it can do differs. */
  readonly version: Version;
  /** Hypervisors that have joined, in order of their installation. */
  readonly nodes: readonly ProxmoxNodeProps[];
  /** API token, as `user@realm!name=uuid` in a sensitive Terraform variable. */
  readonly apiToken: Secret;
  /** Where the third vote of an even number of nodes runs (corosync-qnetd); it stands on none of them. @default - none */
  readonly qdevice?: IConstruct;
  /** URL of the API. @default - port 8006 of the first node */
  readonly endpoint?: string;
  /** Accepts any certificate of the API; for clusters that still have the one of their installation. @default false */
  readonly insecure?: boolean;
  /** User for SSH to the nodes, by which snippets are uploaded; the API cannot. @default `root` */
  readonly sshUser?: string;
  /** Private key for that user in PEM. @default - what the SSH agent holds */
  readonly sshPrivateKey?: Secret;
  /** Ids that its guests have; a plan when other environments use the nodes too. Who names none gets one. @default - none: each guest names its own */
  readonly vmIds?: VmIdRange | VmIdPlan;
  /** Bridge of each node that guests are connected to; it is VLAN-aware. @default `vmbr0` */
  readonly bridge?: string;
  /** Segment whose frames have no tag on the bridge. @default - that of the nodes' own addresses */
  readonly untagged?: IVlan | 'none';
  /** From where the nodes may be managed (web, SSH, consoles), besides each other. @default - the segment of their own addresses */
  readonly managedFrom?: readonly IConnectable[];
  /** Account for people in each guest. @default `admin` */
  readonly adminUser?: string;
  /** Public SSH keys for that account, as in `authorized_keys`. @default - nobody can log in */
  readonly sshKeys?: readonly string[];
  /** IP addresses of the resolvers that guests use. @default - the gateway of their segment */
  readonly resolvers?: readonly string[];
}

export const CLUSTER_PROPS: readonly (keyof ProxmoxClusterProps)[] = [
  'version',
  'nodes',
  'apiToken',
  'qdevice',
  'endpoint',
  'insecure',
  'sshUser',
  'sshPrivateKey',
  'vmIds',
  'bridge',
  'untagged',
  'managedFrom',
  'adminUser',
  'sshKeys',
  'resolvers',
];
