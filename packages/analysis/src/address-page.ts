import type { AddressBook } from './address-book';
import { markdownTable } from './markdown-table';

/** Every address, and what is left, for people. */
export function renderAddresses(book: AddressBook): string {
  const sections = ['# Addresses'];
  if (book.vlans.length === 0) sections.push('No segment is in the site.');
  if (book.addresses.length > 0) sections.push(addressTable(book));
  if (book.prefixes.length > 0) sections.push('## Free space', prefixTable(book));
  if (book.pools.length > 0) sections.push('## Pools', poolTable(book));
  return `${sections.join('\n\n')}\n`;
}

function addressTable(book: AddressBook): string {
  const rows = book.addresses.map(({ vlan, ip, family, prefixLength, name, fqdn }) => [
    String(vlan.tag),
    vlan.name,
    `IPv${family}`,
    ip,
    `/${prefixLength}`,
    name,
    fqdn ?? '',
  ]);
  return markdownTable(['Tag:', 'VLAN', 'Family', 'Address', 'Prefix', 'Name', 'Name in DNS'], rows);
}

function prefixTable(book: AddressBook): string {
  const rows = book.prefixes.map(({ vlan, cidr, gateway, usable, named, pooled, free }) => {
    return [String(vlan.tag), vlan.name, cidr, gateway ?? '', amount(usable), String(named), amount(pooled), amount(free)];
  });
  return markdownTable(['Tag:', 'VLAN', 'Prefix', 'Gateway', 'Usable:', 'Named:', 'In pools:', 'Free:'], rows);
}

function poolTable(book: AddressBook): string {
  const rows = book.pools.map(({ vlan, name, use, first, last, size }) => [
    String(vlan.tag),
    vlan.name,
    name,
    use,
    first,
    last,
    amount(size),
  ]);
  return markdownTable(['Tag:', 'VLAN', 'Pool', 'Use', 'First', 'Last', 'Addresses:'], rows);
}

/** Nobody counts the addresses of an IPv6 prefix. */
function amount(count: bigint): string {
  return count > 2n ** 32n ? 'ample' : String(count);
}
