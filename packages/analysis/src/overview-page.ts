import type { Site } from '@ashlar/core';
import type { AddressBook } from './address-book';
import { counted } from './amount-text';
import type { Capacity } from './capacity';
import { amountsLine } from './capacity-page';

/** The page that one opens first. */
export function renderOverview(site: Site, book: AddressBook, capacity: Capacity): string {
  const { machines, guests } = capacity;
  return `# ${site.node.id}

${counted(machines.length, 'machine')} with ${counted(guests.length, 'guest')}, ${counted(book.vlans.length, 'VLAN')} with ${book.addresses.length === 1 ? '1 address' : `${book.addresses.length} addresses`}, in ${site.domain}.${machines.length > 0 ? `\nTogether the machines have ${amountsLine(capacity.offers)}.` : ''}

![Racks, networks and guests](topology.svg)

- [Addresses](addresses.md): every address by segment, what is free, pools
- [Capacity](capacity.md): what machines have, what guests take, what is left, what the loss of a machine, a feed or a switch does; the same as [JSON](capacity.json)
- [Copies](copies.md): where data is copied to, the most that a failover or a restore loses, and what is lost together with its copies
- Pictures: [racks to scale, with feeds and cables](rack.svg), [racks, networks and guests](topology.svg), [routers and segments](network.svg), [who may reach whom](zones.svg)
`;
}
