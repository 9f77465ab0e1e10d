import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { Vlan } from '@ashlar/network';
import ipaddr from 'ipaddr.js';
import { harvestersOf } from '../is-harvester-cluster';

/** Addresses of pods and services are nobody else's: a node sends packets for them into the cluster, whoever was meant. */
export const HARVESTER_CIDR_OVERLAP: Rule = {
  code: 'HARVESTER_CIDR_OVERLAP',
  severity: 'error',
  incident:
    'The office had 10.52.0.0/16, which is also the default of Harvester for pods. The nodes answered the office, and no answer left the cluster.',
  *check(site) {
    const vlans = site.node.findAll().filter(Vlan.isVlan);
    for (const cluster of harvestersOf(site)) {
      const { podCidr, serviceCidr } = cluster.install;
      if (overlap(podCidr, serviceCidr)) {
        yield findingAt(
          cluster,
          HARVESTER_CIDR_OVERLAP,
          `podCidr ${podCidr} and serviceCidr ${serviceCidr} overlap`,
          'choose two that have no address in common',
        );
      }
      for (const vlan of vlans) {
        const cidr = vlan.ipv4?.cidr;
        for (const [name, own] of Object.entries({ podCidr, serviceCidr })) {
          if (cidr === undefined || !overlap(own, cidr)) continue;
          yield findingAt(
            cluster,
            HARVESTER_CIDR_OVERLAP,
            `${name} ${own} overlaps ${cidr} of ${pathOf(vlan)}`,
            `write ${name} with a prefix that nothing in the site has`,
          );
        }
      }
    }
  },
};

function overlap(a: string, b: string): boolean {
  const [first, second] = [ipaddr.IPv4.parseCIDR(a), ipaddr.IPv4.parseCIDR(b)];
  const length = Math.min(first[1], second[1]);
  return first[0].match(second[0], length);
}
