import { findingAt, pathOf, type Rule, Size } from '@ashlar/core';
import { replicasOf } from '../availability/replicas';
import { clustersOf } from '../clusters-of';
import type { ProxmoxNode } from '../proxmox-node';
import type { ProxmoxStorage } from '../storage/proxmox-storage';

/** The disks of guests, replicas included, add up to more than the storage has. */
export const STORAGE_OVERCOMMITTED: Rule = {
  code: 'STORAGE_OVERCOMMITTED',
  severity: 'warning',
  incident: 'Thin disks filled up together. The pool was full, and every guest on it stopped at a write.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const used = new Map<ProxmoxStorage, Map<ProxmoxNode | undefined, Size[]>>();
      for (const guest of cluster.guests) {
        const holders = new Set([...guest.nodes, ...replicasOf(guest).map(replica => replica.target)]);
        for (const { storage, size } of guest.volumes) {
          const byNode = used.get(storage) ?? new Map<ProxmoxNode | undefined, Size[]>();
          used.set(storage, byNode);
          for (const node of storage.shared ? [undefined] : holders) byNode.set(node, [...(byNode.get(node) ?? []), size]);
        }
      }
      for (const [storage, byNode] of used) {
        for (const [node, sizes] of byNode) {
          const total = Size.sum(sizes);
          if (!storage.size || total.toBytes() <= storage.size.toBytes()) continue;
          yield findingAt(
            storage,
            STORAGE_OVERCOMMITTED,
            `has ${storage.size}${node ? ` on ${pathOf(node)}` : ''}, and the disks there add up to ${total}`,
            'make disks smaller, move guests, or acknowledge it and watch the pool',
          );
        }
      }
    }
  },
};
