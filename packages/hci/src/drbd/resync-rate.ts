import { Bandwidth, Check, ConfigError, pathOf } from '@ashlar/core';
import type { DrbdCluster } from './drbd-cluster';

/** What a copy that catches up may take: what was given, or half of the link, or what DRBD takes by itself. @throws DRBD_RATE */
export function resyncRate(cluster: DrbdCluster, given: Bandwidth | undefined): Bandwidth {
  const link = cluster.linkSpeed;
  if (given === undefined) return link ? Bandwidth.megabits(link.toMegabits() / 2) : Bandwidth.megabits(838.8608);
  const rate = new Check(cluster).instance('resyncRate', given, Bandwidth, 'Bandwidth.gigabits(1)');
  if (rate.toMegabits() < 32)
    throw new ConfigError(cluster, 'DRBD_RATE', 'resyncRate must be at least 32 Mb/s, or a copy of a terabyte takes three days', {
      got: String(rate),
      fix: 'write Bandwidth.gigabits(1)',
    });
  if (link && rate.toMegabits() > link.toMegabits())
    throw new ConfigError(
      cluster,
      'DRBD_RATE',
      `resyncRate is ${rate}, and the slowest link of ${pathOf(cluster.segment)} between the copies has ${link}`,
      {
        fix: `write at most Bandwidth.megabits(${link.toMegabits()}), and leave some of it to the writes of guests`,
      },
    );
  return rate;
}
