import { findingAt, pathOf, type Rule } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { Vlan } from '../../segments/vlan';
import { Zone } from '../../segments/zone';
import { isTunnel } from '../tunnel';

/** Firewalls know zones, segments in no zone and tunnels by one kind of name, and take two of one name for one. */
export const ZONE_NAME: Rule = {
  code: 'ZONE_NAME',
  severity: 'error',
  incident: 'A zone got the name of a segment that was not in it; the firewall joined them, and guests stood among the servers.',
  *check(site) {
    const holders = new Map<string, IConstruct>();
    for (const construct of site.findAll()) {
      const name = nameOf(construct);
      if (name === undefined) continue;
      const other = holders.get(name);
      if (other === undefined) holders.set(name, construct);
      else if (!isTunnel(construct) || !isTunnel(other))
        yield findingAt(construct, ZONE_NAME, `is called ${name} by firewalls, and so is ${pathOf(other)}`, 'choose another id');
    }
  },
};

function nameOf(construct: IConstruct): string | undefined {
  if (Zone.isZone(construct)) return construct.node.id;
  if (Vlan.isVlan(construct)) return Zone.find(construct) ? undefined : construct.name;
  return isTunnel(construct) ? construct.name : undefined;
}
