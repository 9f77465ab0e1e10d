import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { harvestersOf } from '../is-harvester-cluster';

/** A guest runs on nodes that have its networks, and Harvester lets it run on no other. */
export const HARVESTER_NETWORK_NODES: Rule = {
  code: 'HARVESTER_NETWORK_NODES',
  severity: 'error',
  incident: 'A cluster network had been set up on two of three nodes. A guest that was pinned to the third never started.',
  *check(site) {
    for (const cluster of harvestersOf(site)) {
      for (const guest of cluster.guests) {
        for (const network of new Set(guest.nics.flatMap(nic => cluster.networkOf(nic.vlan) ?? []))) {
          const nodes = guest.nodes.filter(node => network.nodes.includes(node));
          if (nodes.length >= (guest.highAvailability ? 2 : 1)) continue;
          const has =
            nodes.length === 0
              ? 'on none of the machines that it may run on'
              : `on ${nodes[0]?.machine.name} only of those that it may run on`;
          yield findingAt(
            guest,
            HARVESTER_NETWORK_NODES,
            `${guest.highAvailability ? 'is highly available, and ' : ''}needs ${pathOf(network)}, which is ${has}`,
            'give the network ports on those machines, or let the guest run elsewhere',
          );
        }
      }
    }
  },
};
