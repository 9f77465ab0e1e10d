import { createHash } from 'node:crypto';
import { ConfigError } from '@ashlar/core';
import { Host, Vlan } from '@ashlar/network';
import type { Construct } from 'constructs';

/** One network port of a guest. */
export interface HarvesterNic {
  /** Its name in the virtual machine: `nic-0`. */
  readonly name: string;
  readonly vlan: Vlan;
  /** Name and addresses on the segment; undefined when something there gives it an address. */
  readonly host?: Host;
  /** Locally administered and the same at every synthesis. */
  readonly mac: string;
}

/** A port on each segment, in the order given. @throws GUEST_NIC */
export function harvesterNics(guest: Construct, key: string, on: readonly (Host | Vlan)[]): readonly HarvesterNic[] {
  return on.map((place, index) => {
    const host = Host.isHost(place) ? place : undefined;
    const vlan = host ? host.vlan : place;
    if (!Vlan.isVlan(vlan)) {
      throw new ConfigError(guest, 'GUEST_NIC', 'a network port is on a Host or a Vlan', {
        got: place,
        fix: `write host: servers.host('${guest.node.id}', 10)`,
      });
    }
    return { name: `nic-${index}`, vlan, mac: host?.mac ?? macAddress(`${key}/nic-${index}`), ...(host && { host }) };
  });
}

/** `02` marks an address that no vendor gave out. */
function macAddress(key: string): string {
  const digest = createHash('sha256').update(key).digest('hex');
  return ['02', ...(digest.match(/../g) as string[]).slice(0, 5)].join(':');
}
