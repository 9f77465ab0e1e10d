import type { Bandwidth, Size } from '@ashlar/core';
import type { Machine } from '@ashlar/hardware';
import type { Host, Vlan } from '@ashlar/network';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage } from '../storage/proxmox-storage';

/** What virtual machines and containers have in common. */
export interface ProxmoxGuestProps {
  /** Its name and its address; its first network port is there. */
  readonly host: Host;
  /** More network ports: a host where it has a fixed address, a segment where it is given one. @default - none */
  readonly otherNics?: readonly (Host | Vlan)[];
  /** Node that it runs on, or is created on when HA may move it. @default - the only node, or the first that HA may use */
  readonly node?: ProxmoxNode | Machine | string;
  /** 100–999999999. @default - allocated from the range of the cluster through the ledger */
  readonly vmId?: number;
  /** Virtual processors, each a thread of the node (1–512). */
  readonly cores: number;
  /** All of it is the guest's: nothing is taken back when the node runs short. */
  readonly memory: Size;
  /** Size of its disk, in whole GiB. */
  readonly disk: Size;
  /** Where its disk lies. @default - the only storage of the cluster for such disks */
  readonly storage?: ProxmoxStorage;
  /** Whether it holds data that this program could not bring back. Such a guest is protected, and wants a backup. @default true */
  readonly stateful?: boolean;
  /** Whether Terraform and Proxmox VE refuse to destroy it. @default - when it is stateful */
  readonly protection?: boolean;
  /** Why no backup is needed although it is stateful. @default - one is */
  readonly notBackedUpBecause?: string;
  /** Whether it starts with its node. @default true */
  readonly onBoot?: boolean;
  /** Lower numbers start first, from 0. @default - last, in any order */
  readonly startOrder?: number;
  /** Where it may connect to: what flows declare and its resolvers, or anything. @default `declared` */
  readonly outbound?: 'declared' | 'any';
  /** Whether it forwards what others send, as a router does: its own firewall decides then. @default - when it has the address of the gateway of a segment */
  readonly routes?: boolean;
  /** The most that each of its network ports sends. @default - no limit */
  readonly nicRate?: Bandwidth;
  /** Tags besides `ashlar` and the ids of the scopes around it: lower-case letters, digits, dashes, underscores. @default - none */
  readonly tags?: readonly string[];
}

export const GUEST_PROPS = [
  'host',
  'otherNics',
  'node',
  'vmId',
  'cores',
  'memory',
  'disk',
  'storage',
  'stateful',
  'protection',
  'notBackedUpBecause',
  'onBoot',
  'startOrder',
  'outbound',
  'routes',
  'nicRate',
  'tags',
] as const satisfies readonly (keyof ProxmoxGuestProps)[];
