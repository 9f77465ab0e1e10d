import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import { clustersOf } from '../../clusters-of';
import { Sdn } from '../sdn';

/** Two networks in which the same addresses mean different hosts. */
export const SDN_SUBNET_OVERLAP: Rule = {
  code: 'SDN_SUBNET_OVERLAP',
  severity: 'error',
  incident: 'A vnet was given 10.0.0.0/16. Its guests had the addresses of the office, whose people could no longer print.',
  *check(site) {
    const subnets = clustersOf(site).flatMap(cluster => Sdn.find(cluster)?.subnets ?? []);
    const own = subnets.filter(({ vnet }) => !vnet.vlan);
    if (own.length === 0) return;
    const vlans = site.findAll().filter(Vlan.isVlan);
    const taken = [
      ...vlans.flatMap(vlan => vlan.subnets.map(subnet => ({ holder: vlan, subnet }))),
      ...own.map(holder => ({ holder, subnet: holder.subnet })),
    ];
    for (const one of own) {
      const other = taken.find(({ holder, subnet }) => {
        const apart = subnet.end < one.subnet.network || subnet.network > one.subnet.end;
        return holder !== one && subnet.family === one.subnet.family && !apart;
      });
      if (!other) continue;
      yield findingAt(
        one,
        SDN_SUBNET_OVERLAP,
        `${one.subnet.cidr} overlaps ${other.subnet.cidr} of ${pathOf(other.holder)}`,
        'choose prefixes that have no address in common, or give the vnet that segment',
      );
    }
  },
};
