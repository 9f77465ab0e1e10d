import { findingAt, type Rule, Size } from '@ashlar/core';
import { limitOf } from '../guests/guest-room';
import type { HarvesterNode } from '../harvester-node';
import { harvestersOf } from '../is-harvester-cluster';

/**
 * When any one node is lost, its guests start on the others. All guests that may run there count: Harvester starts them
 * whether or not somebody asked for high availability, and who comes last waits.
 */
export const HARVESTER_MEMORY: Rule = {
  code: 'HARVESTER_MEMORY',
  severity: 'error',
  incident: 'Three nodes were filled to 80 %. One died, and a third of its guests stayed pending until somebody drove to the site.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      const { workers, guests } = cluster;
      const together = Size.sum(guests.map(limitOf));
      const room = (nodes: readonly HarvesterNode[]) => Size.sum(nodes.map(node => node.capacity.memory ?? Size.bytes(0)));
      if (together.toBytes() > room(workers).toBytes()) {
        yield findingAt(
          cluster,
          HARVESTER_MEMORY,
          `guests take ${rounded(together)} of memory, and its nodes have ${room(workers)} for them`,
          'give guests less, or add a node',
        );
        continue;
      }
      if (!guests.some(guest => guest.highAvailability)) continue;
      for (const lost of workers) {
        const left = workers.filter(node => node !== lost);
        const needed = Size.sum(guests.filter(guest => guest.nodes.some(node => node !== lost)).map(limitOf));
        if (needed.toBytes() <= room(left).toBytes()) continue;
        yield findingAt(
          cluster,
          HARVESTER_MEMORY,
          `without ${lost.machine.name} guests need ${rounded(needed)} of memory, and the other nodes have ${room(left)} for them`,
          'give guests less, add a node, or pin those that may wait to one machine',
        );
      }
    }
  },
};

/** Whole GiB, for people. */
function rounded(size: Size): Size {
  return Size.gibibytes(Math.ceil(size.toBytes() / 1024 ** 3));
}
