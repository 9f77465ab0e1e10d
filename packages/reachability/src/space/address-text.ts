import ipaddr from 'ipaddr.js';
import type { Interval, IntervalSet } from '../rule-chain';
import { setOf } from './interval-set';

export type Family = 4 | 6;

export const FAMILIES: readonly Family[] = [4, 6];

/** Every address of a family. */
export const ALL_ADDRESSES: Readonly<Record<Family, IntervalSet>> = {
  4: [{ first: 0n, last: (1n << 32n) - 1n }],
  6: [{ first: 0n, last: (1n << 128n) - 1n }],
};

/** An address as a number, or undefined when it is none. Only the full form: `10.1` is nobody's intent. */
export function parseAddress(text: string): { readonly family: Family; readonly address: bigint } | undefined {
  const family = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? 4 : text.includes(':') && !text.includes('%') ? 6 : undefined;
  if (family === undefined || !ipaddr.isValid(text)) return undefined;
  let address = 0n;
  for (const byte of ipaddr.parse(text).toByteArray()) address = (address << 8n) | BigInt(byte);
  return { family, address };
}

/** First and last address of `10.0.0.1`, `10.0.0.0/24` or `10.0.0.1-10.0.0.9`; bits right of a prefix are ignored, as kernels do. */
export function parseRange(text: string): { readonly family: Family; readonly interval: Interval } | undefined {
  const [from = '', to, ...rest] = text.split('-');
  if (rest.length > 0) return undefined;
  if (to !== undefined) {
    const first = parseAddress(from);
    const last = parseAddress(to);
    if (!first || !last || first.family !== last.family || first.address > last.address) return undefined;
    return { family: first.family, interval: { first: first.address, last: last.address } };
  }
  const [ip = '', length, ...more] = from.split('/');
  const parsed = parseAddress(ip);
  if (!parsed || more.length > 0) return undefined;
  const bits = parsed.family === 4 ? 32 : 128;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits)) return undefined;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const first = parsed.address - (parsed.address % size);
  return { family: parsed.family, interval: { first, last: first + size - 1n } };
}

/** The addresses of one family among prefixes, addresses and ranges. */
export function addressesOf(texts: readonly string[], family: Family): IntervalSet {
  return setOf(texts.map(parseRange).flatMap(range => (range?.family === family ? [range.interval] : [])));
}

export function addressText(address: bigint, family: Family): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (address >> shift) & 255n).join('.');
  const parts = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map(shift => Number((address >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** `10.0.0.1`, `10.0.0.0/24`, or `10.0.0.1-10.0.0.9` when it is no prefix. */
export function intervalText({ first, last }: Interval, family: Family): string {
  if (first === last) return addressText(first, family);
  const size = last - first + 1n;
  const isPrefix = (size & (size - 1n)) === 0n && first % size === 0n;
  if (!isPrefix) return `${addressText(first, family)}-${addressText(last, family)}`;
  return `${addressText(first, family)}/${(family === 4 ? 32 : 128) - (size.toString(2).length - 1)}`;
}

/** Addresses to and from which no router forwards: those of a host itself, of a link, of groups. @see RFC 6890, RFC 4291 */
export const UNFORWARDED: Readonly<Record<Family, IntervalSet>> = {
  4: addressesOf(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'], 4),
  6: addressesOf(['::/127', 'fe80::/10', 'ff00::/8'], 6),
};

/** Addresses that the Internet has no route to. @see RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 */
export const UNROUTED: Readonly<Record<Family, IntervalSet>> = {
  4: addressesOf(
    ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'],
    4,
  ),
  6: setOf([...addressesOf(['::/3', '4000::/2', '8000::/1'], 6)]),
};
