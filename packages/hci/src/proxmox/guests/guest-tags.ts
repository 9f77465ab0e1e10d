import { Check } from '@ashlar/core';
import type { ProxmoxGuest } from './proxmox-guest';

/** `ashlar`, the ids of the scopes between the cluster and the guest, and its own; sorted, as Proxmox VE keeps them. */
export function tagsOf(guest: ProxmoxGuest, own: readonly string[]): string[] {
  const scopes = guest.node.scopes
    .slice(guest.node.scopes.indexOf(guest.cluster) + 1, -1)
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
