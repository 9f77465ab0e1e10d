import type { Host, Vlan } from '@ashlar/network';
import type { Construct } from 'constructs';
import { type GuestPort, guestPort, localMacAddress } from '../../guest/guest-port';

/** One network port of a guest. */
export interface HarvesterNic extends GuestPort {
  /** Its name in the virtual machine: `nic-0`. */
  readonly name: string;
  /** Locally administered and the same at every synthesis. */
  readonly mac: string;
}

/** A port on each segment, in the order given. @throws GUEST_NIC */
export function harvesterNics(guest: Construct, key: string, on: readonly (Host | Vlan)[]): readonly HarvesterNic[] {
  return on.map((place, index) => {
    const port = guestPort(guest, place);
    return { name: `nic-${index}`, mac: port.host?.mac ?? localMacAddress(`${key}/nic-${index}`), ...port };
  });
}
