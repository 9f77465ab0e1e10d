import { Check } from '@ashlar/core';
import { tenantOf } from '../tenancy/tenant-of';
import type { ProxmoxGuest } from './proxmox-guest';

/** `ashlar`, its tenant, the ids of the scopes between the cluster or the tenant and the guest, and its own; sorted, as Proxmox VE keeps them. */
export function tagsOf(guest: ProxmoxGuest, own: readonly string[]): string[] {
  const { scopes: around } = guest.node;
  const tenant = tenantOf(guest);
  const scopes = around
    .slice(tenant ? around.indexOf(tenant) : around.indexOf(guest.cluster) + 1, -1)
    .map(scope => scope.node.id.toLowerCase().replace(/[^a-z0-9_-]/g, '-'));
  const check = new Check(guest);
  const given =
    own.length === 0
      ? []
      : check
          .list('tags', own, "'database'")
          .map(tag => check.text('tags', tag, /^[a-z0-9_][a-z0-9_-]*$/, 'lower-case letters, digits, dashes and underscores', 'database'));
  return [...new Set(['ashlar', ...scopes, ...given])].sort();
}
