import { Bandwidth, findingAt, pathOf, type Rule, Size } from '@ashlar/core';
import { replicasOf } from '../availability/replicas';
import { clustersOf } from '../clusters-of';

/** Part of a disk that changes in its busiest hour. */
const BUSY_HOUR = 0.1;

/** A copy is not done when the next one should begin. */
export const REPLICATION_TOO_SLOW: Rule = {
  code: 'REPLICATION_TOO_SLOW',
  severity: 'warning',
  incident: 'A database was to be copied every five minutes. At month-end a copy took fifty, and the failover lost as much.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests) {
        for (const { target, every, rate } of replicasOf(guest)) {
          const links = [guest.homeNode, target].flatMap(node => node.machine?.nics.flatMap(nic => nic.link?.speed ?? []) ?? []);
          const limits = [...(rate ? [rate] : []), ...links].map(limit => limit.toMegabits());
          if (limits.length === 0) continue;
          const limit = Bandwidth.megabits(Math.min(...limits));
          const changed = Size.bytes(Math.ceil((guest.disk.toBytes() * BUSY_HOUR * every.toSeconds()) / 3600));
          const seconds = (changed.toBytes() * 8) / (limit.toMegabits() * 1e6);
          if (seconds <= every.toSeconds()) continue;
          yield findingAt(
            guest,
            REPLICATION_TOO_SLOW,
            `is copied to ${pathOf(target)} every ${every}; when a tenth of its ${guest.disk} changes in an hour, a copy has ${changed}, and at ${limit} takes ${Math.ceil(seconds / 60)} min`,
            'raise replicationRate, use a faster link, or copy it less often, and lose more',
          );
        }
      }
    }
  },
};
