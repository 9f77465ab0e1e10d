import { findingAt, type Rule } from '@ashlar/core';
import { isPrivate } from '../private-address';
import { publicRecords } from '../public-record';
import { PublicZones } from '../public-zones';

/** A record that the world reads leads to an address that the world can reach. */
export const PRIVATE_IN_PUBLIC_ZONE: Rule = {
  code: 'PRIVATE_IN_PUBLIC_ZONE',
  severity: 'error',
  incident: 'A record of the inside was copied to the public zone: customers at home reached their own printer under the name of the shop.',
  *check(site) {
    for (const [zone] of PublicZones.of(site).entries()) {
      for (const { name, type, value, from } of publicRecords(site, zone)) {
        if ((type !== 'A' && type !== 'AAAA') || !isPrivate(value)) continue;
        yield findingAt(
          from,
          PRIVATE_IN_PUBLIC_ZONE,
          `leads ${name} to ${value}, which is a private address, in the public zone ${zone}`,
          'write the public address, or give the name to a zone of the inside',
        );
      }
    }
  },
};
