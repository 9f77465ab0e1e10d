import type { Site } from '@ashlar/core';
import type { ProxmoxCluster } from './proxmox-cluster';

const CLUSTERS = Symbol.for('@ashlar/hci.clusters');

/** The Proxmox VE clusters of a site. They enter themselves, so that no rule searches the trees. */
export function clustersOf(site: Site): ProxmoxCluster[] {
  const host = site as { [CLUSTERS]?: ProxmoxCluster[] };
  if (!host[CLUSTERS]) Object.defineProperty(site, CLUSTERS, { value: [] });
  return host[CLUSTERS] as ProxmoxCluster[];
}
