import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { clustersOf } from '../../clusters-of';
import { sdnVnetOf } from '../sdn-vnet-of';

/** Guests that send packets too big for what carries them. */
export const SDN_MTU: Rule = {
  code: 'SDN_MTU',
  severity: 'warning',
  incident: 'A guest had one port in a VXLAN of MTU 1450 and one in a VLAN of 1500. Backups through it stopped after the first big file.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      for (const guest of cluster.guests.filter(({ routes }) => routes)) {
        const zones = guest.nics.flatMap(nic => sdnVnetOf(cluster, nic.vlan)?.zone ?? []);
        const narrow = zones.find(zone => zone.mtu < 1500);
        if (!narrow || zones.length === guest.nics.length) continue;
        yield findingAt(
          guest,
          SDN_MTU,
          `routes between ${pathOf(narrow)}, whose packets have up to ${narrow.mtu} bytes, and segments of 1500`,
          'raise networkMtu of the zone and of the network below it, and have the router clamp the segment size of TCP until then',
        );
      }
    }
  },
};
