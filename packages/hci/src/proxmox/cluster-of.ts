import { ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import type { ProxmoxCluster } from './proxmox-cluster';
import type { ProxmoxTenant } from './tenancy/proxmox-tenant';

/** Recognises a cluster across copies of this package. */
export const CLUSTER = Symbol.for('@ashlar/hci.ProxmoxCluster');
/** Recognises a tenant. */
export const TENANT = Symbol.for('@ashlar/hci.ProxmoxTenant');

/** The cluster that a construct was created in, or that of its tenant. @throws PROXMOX_CLUSTER_MISSING */
export function clusterOf(construct: IConstruct): ProxmoxCluster {
  for (let at = construct.node.scope; at; at = at.node.scope) {
    if (CLUSTER in at) return at as IConstruct as ProxmoxCluster;
    if (TENANT in at) return (at as IConstruct as ProxmoxTenant).cluster;
  }
  throw new ConfigError(construct, 'PROXMOX_CLUSTER_MISSING', 'is in no Proxmox VE cluster', {
    fix: 'create it with a ProxmoxCluster as scope',
  });
}
