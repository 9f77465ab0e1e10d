import { Duration, type Replication } from '@ashlar/core';
import type { ProxmoxGuest } from '../guests/proxmox-guest';
import { replicasOf } from './replicas';

/** Copies of a guest's disks on other nodes: those that its storage keeps, or those that Proxmox VE makes at set times; undefined when there are none. */
export function replicationOf(guest: ProxmoxGuest): Replication | undefined {
  const kept = guest.storage.replication;
  if (kept) {
    const on = guest.storage.nodes.filter(node => node !== guest.homeNode);
    return { ...kept, to: on.map(node => node.name), on };
  }
  const replicas = replicasOf(guest);
  if (replicas.length === 0) return undefined;
  const on = replicas.map(replica => replica.target);
  const seconds = Math.max(...replicas.map(replica => replica.every.toSeconds()));
  return { to: on.map(node => node.name), recoveryPoint: Duration.seconds(seconds), on };
}
