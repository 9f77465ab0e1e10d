import { findingAt, type Rule, Size } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';

/** Volumes, in all their copies, fit into what the data disks have for them. Longhorn schedules no copy that would not. */
export const HARVESTER_STORAGE_FULL: Rule = {
  code: 'HARVESTER_STORAGE_FULL',
  severity: 'error',
  incident:
    'Thin volumes of three copies grew until Longhorn found room for two, and then for one. A disk broke, and the last copy was on it.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      const { replicas } = cluster.storage;
      const volumes = Size.sum(cluster.guests.map(guest => guest.volumes));
      const copies = Size.bytes(volumes.toBytes() * replicas);
      const room = Size.sum(cluster.workers.map(node => node.capacity.disk ?? Size.bytes(0)));
      if (copies.toBytes() > room.toBytes()) {
        yield findingAt(
          cluster,
          HARVESTER_STORAGE_FULL,
          `volumes of ${volumes} are ${copies} in ${replicas} ${replicas === 1 ? 'copy' : 'copies'}, and its data disks have ${room} for them`,
          'make disks smaller, choose larger data disks, or keep fewer copies',
        );
      }
    }
  },
};
