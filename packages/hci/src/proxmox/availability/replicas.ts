import type { Bandwidth, Duration } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ProxmoxNode } from '../proxmox-node';

/** A copy of the disks of a guest on another node. */
export interface Replica {
  readonly target: ProxmoxNode;
  /** Time between two copies. */
  readonly every: Duration;
  /** The most that a copy may take of the network. @default - no limit */
  readonly rate?: Bandwidth;
}

const REPLICAS = Symbol.for('@ashlar/hci.replicas');

/** Copies of the disks of a guest, made under HA or declared. They enter themselves. */
export function replicasOf(guest: IConstruct): Replica[] {
  const host = guest as { [REPLICAS]?: Replica[] };
  if (!host[REPLICAS]) Object.defineProperty(guest, REPLICAS, { value: [] });
  return host[REPLICAS] as Replica[];
}
