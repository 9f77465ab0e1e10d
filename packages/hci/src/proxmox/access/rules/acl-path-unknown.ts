import { findingAt, type Rule } from '@ashlar/core';
import { clustersOf } from '../../clusters-of';
import type { ProxmoxCluster } from '../../proxmox-cluster';
import { Sdn } from '../../sdn/sdn';
import { AccessGrant } from '../access-grant';
import { nearestName } from '../nearest-name';

/** A role at the path of something that is not there. */
export const ACL_PATH_UNKNOWN: Rule = {
  code: 'ACL_PATH_UNKNOWN',
  severity: 'warning',
  incident:
    'The backup user was given its role at /storage/nas1, and the storage was called nas-1. There were no backups, and no error either.',
  *check(site) {
    for (const cluster of clustersOf(site)) {
      const known = pathsOf(cluster);
      for (const grant of cluster.node.findAll().filter(AccessGrant.isAccessGrant)) {
        if (!NAMED.test(grant.path) || known.includes(grant.path)) continue;
        const near = nearestName(grant.path, known);
        yield findingAt(
          grant,
          ACL_PATH_UNKNOWN,
          `gives ${grant.role} at ${grant.path}, where nothing of this program is`,
          near
            ? `did you mean ${near}? Pass the construct itself`
            : 'pass the construct itself, or acknowledge what somebody else keeps there',
        );
      }
    }
  },
};

/** Paths of what a program may declare. */
const NAMED = /^\/(vms|storage|sdn\/zones)\/[^/]+/;

function pathsOf(cluster: ProxmoxCluster): string[] {
  const sdn = Sdn.find(cluster);
  const bridge = `/sdn/zones/localnetwork/${cluster.bridge}`; // so it calls what is no software-defined network
  return [
    ...cluster.vmIds.given.map(id => `/vms/${id}`),
    ...cluster.storages.map(storage => `/storage/${storage.name}`),
    '/sdn/zones/localnetwork',
    bridge,
    ...new Set(cluster.guests.flatMap(guest => guest.nics.map(({ vlan }) => `${bridge}/${vlan.tag}`))),
    ...(sdn?.zones ?? []).map(zone => `/sdn/zones/${zone.name}`),
    ...(sdn?.vnets ?? []).map(vnet => `/sdn/zones/${vnet.zone.name}/${vnet.name}`),
  ];
}
