import { isAddressed, isPlaced, Site } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** What in the site has one of these addresses and stands somewhere: a guest, a node of a hypervisor. @param by what asks, and is none of them */
export function carrierOf(by: IConstruct, addresses: readonly string[]): IConstruct | undefined {
  const wanted = new Set(addresses);
  return Site.of(by)
    .findAll()
    .find(c => c !== by && isPlaced(c) && isAddressed(c) && c.addresses.some(address => wanted.has(address.ip)));
}
