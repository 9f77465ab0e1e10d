import { Duration, type Lifecycle } from '@ashlar/core';
import { holds } from '../lifecycle/on-node';
import type { ProxmoxNode } from '../proxmox-node';
import type { LinstorStorage } from './linstor-storage';

/** No API makes such a storage: its entry is put into the configuration that the nodes share. */
export function linstorStorageLifecycle({ name, cluster, linstor, nodes }: LinstorStorage): Lifecycle {
  const first = nodes[0] as ProxmoxNode;
  return {
    startsAfter: [
      { on: linstor, for: 'the disks that it makes' },
      ...cluster.nodes.map(on => ({ on, for: 'the configuration that they share' })),
    ],
    start: [
      {
        id: 'entry',
        title: `Add the storage ${name} to ${cluster.name}`,
        action: {
          byHand: `Follow devices/drbd/${linstor.cluster.name}/RUNBOOK.md, LINSTOR, seventh step, with devices/proxmox/${cluster.name}/storage.cfg.d/${name}.cfg`,
        },
        check: { command: holds(first, `/nodes/${first.name}/storage/${name}/status`, '.active == 1') },
        undo: { byHand: `Take the entry ${name} out of /etc/pve/storage.cfg` },
        budget: Duration.minutes(15),
      },
    ],
  };
}
