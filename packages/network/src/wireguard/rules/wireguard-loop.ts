import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { familyOf } from '../../segments/subnet';
import { covers } from '../covers';
import { isWireGuardInterface } from '../is-wireguard';

/** A tunnel cannot reach its peer through itself. The default routes are no case of it: they lead into the tunnel from a table apart. */
export const WIREGUARD_LOOP: Rule = {
  code: 'WIREGUARD_LOOP',
  severity: 'error',
  incident: 'The network of a branch held the address of its own router; with the tunnel up, the route to the peer led into the tunnel.',
  *check(site) {
    for (const { peers } of site.findAll().filter(isWireGuardInterface)) {
      for (const peer of peers) {
        const host = peer.endpoint?.host;
        if (host === undefined || familyOf(host) === undefined) continue;
        for (const other of peers) {
          const around = other.prefixes.find(prefix => covers(prefix, host));
          if (around === undefined) continue;
          const whose = other === peer ? 'its own' : `those of ${pathOf(other)}`;
          yield findingAt(
            peer,
            WIREGUARD_LOOP,
            `its endpoint ${host} lies in ${around}, one of the allowedIps, ${whose}: the way to the peer leads into the tunnel`,
            'take the address out of allowedIps, by writing the prefixes around it, or name an endpoint outside',
          );
        }
      }
    }
  },
};
