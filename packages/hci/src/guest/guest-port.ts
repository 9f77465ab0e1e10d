import { createHash } from 'node:crypto';
import { ConfigError } from '@ashlar/core';
import { Host, Vlan } from '@ashlar/network';
import type { Construct } from 'constructs';

/** Where a network port of a guest is. */
export interface GuestPort {
  readonly vlan: Vlan;
  /** Name and addresses on the segment; undefined when something there gives it an address. */
  readonly host?: Host;
}

/** @throws GUEST_NIC when it is neither on a host nor on a segment */
export function guestPort(guest: Construct, place: Host | Vlan): GuestPort {
  const host = Host.isHost(place) ? place : undefined;
  const vlan = host ? host.vlan : place;
  if (Vlan.isVlan(vlan)) return { vlan, ...(host && { host }) };
  throw new ConfigError(guest, 'GUEST_NIC', 'a network port is on a Host or a Vlan', {
    got: place,
    fix: `write host: servers.host('${guest.node.id}', 10)`,
  });
}

/** A MAC address that is the same at every synthesis. `02` marks one that no vendor gave out. */
export function localMacAddress(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex');
  return ['02', ...(digest.match(/../g) as string[]).slice(0, 5)].join(':');
}
