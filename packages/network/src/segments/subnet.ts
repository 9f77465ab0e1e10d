import { ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import ipaddr from 'ipaddr.js';

/** A prefix of one family, and the numbers of the hosts in it. */
export class Subnet {
  /**
   * @throws SUBNET_FORMAT, SUBNET_FAMILY, SUBNET_HOST_BITS, SUBNET_UNICAST
   */
  public static of(scope: IConstruct, prop: string, cidr: string, family: 4 | 6): Subnet {
    const example = family === 4 ? '10.20.0.0/24' : 'fd20:0:0:20::/64';
    const [ip = '', length = '', ...rest] = typeof cidr === 'string' ? cidr.split('/') : [];
    const actual = familyOf(ip);
    const bits = actual === 4 ? 32 : 128;
    const prefixLength = /^(0|[1-9]\d{0,2})$/.test(length) ? Number(length) : -1;
    if (!actual || rest.length > 0 || prefixLength < 0 || prefixLength > bits) {
      throw new ConfigError(scope, 'SUBNET_FORMAT', `${prop} must be an IPv${family} prefix in CIDR notation`, {
        got: cidr,
        fix: `write it like ${example}`,
      });
    }
    if (actual !== family) {
      throw new ConfigError(scope, 'SUBNET_FAMILY', `${prop} must be an IPv${family} prefix, and this is an IPv${actual} one`, {
        got: cidr,
        fix: `write it as ipv${actual}, or like ${example}`,
      });
    }
    const address = toNumber(ip);
    const network = (address >> BigInt(bits - prefixLength)) << BigInt(bits - prefixLength);
    if (address !== network) {
      throw new ConfigError(scope, 'SUBNET_HOST_BITS', `${prop} has bits set right of its prefix`, {
        got: cidr,
        fix: `write ${toText(network, family)}/${prefixLength}`,
      });
    }
    const kind = ipaddr.parse(ip).range();
    if (
      prefixLength === 0 ||
      ['multicast', 'loopback', 'unspecified', 'broadcast'].includes(kind) ||
      (family === 6 && kind === 'linkLocal')
    ) {
      throw new ConfigError(scope, 'SUBNET_UNICAST', `${prop} must be a prefix that hosts can have addresses of`, {
        got: cidr,
        fix: `write it like ${example}`,
        see: family === 4 ? 'RFC 6890' : 'RFC 4291 section 2.4',
      });
    }
    return new Subnet(family, network, prefixLength);
  }

  /** The prefix of a given length around an address, or undefined when there is none. */
  public static containing(ip: string, prefixLength: number): Subnet | undefined {
    const family = familyOf(ip);
    const bits = family === 4 ? 32 : 128;
    if (family === undefined || !Number.isInteger(prefixLength) || prefixLength < 1 || prefixLength > bits) return undefined;
    return new Subnet(family, rangeOf(`${ip}/${prefixLength}`).first, prefixLength);
  }

  /** Lowest number that a host may have: 0 is the network itself, except on the point-to-point prefixes. */
  public readonly firstHost: number;
  /** Highest number that a host may have: in IPv4, the one above is the broadcast address. */
  public readonly lastHost: number;

  private constructor(
    public readonly family: 4 | 6,
    /** The address of the network as a number. */
    public readonly network: bigint,
    public readonly prefixLength: number,
  ) {
    const hostBits = (family === 4 ? 32 : 128) - prefixLength;
    const size = 2n ** BigInt(hostBits);
    // RFC 3021 and RFC 6164: on a prefix of two addresses both are hosts; one of a single address is that host.
    this.firstHost = hostBits <= 1 ? 0 : 1;
    const last = hostBits <= 1 || family === 6 ? size - 1n : size - 2n;
    this.lastHost = Number(last < LARGEST ? last : LARGEST);
  }

  /** `10.20.0.0/24` */
  public get cidr(): string {
    return `${toText(this.network, this.family)}/${this.prefixLength}`;
  }

  /** The last address as a number. */
  public get end(): bigint {
    return this.network + 2n ** BigInt((this.family === 4 ? 32 : 128) - this.prefixLength) - 1n;
  }

  /** Address number `host`, e.g. 10 of 10.20.0.0/24 is `10.20.0.10`. */
  public address(host: number): string {
    return toText(this.network + BigInt(host), this.family);
  }

  /** The number of an address, or undefined when it is not in here. */
  public hostNumber(ip: string): number | undefined {
    if (familyOf(ip) !== this.family) return undefined;
    const address = toNumber(ip);
    return address < this.network || address > this.end ? undefined : Number(address - this.network);
  }

  /** Whether a prefix, or an address, lies in here. */
  public contains(prefix: string): boolean {
    const [ip = '', length] = prefix.split('/');
    return this.hostNumber(ip) !== undefined && (length === undefined || Number(length) >= this.prefixLength);
  }

  /** The fewest prefixes that cover addresses number `from` to `to` and no other. */
  public blocks(from: number, to: number): string[] {
    const bits = this.family === 4 ? 32 : 128;
    const blocks: string[] = [];
    let at = this.network + BigInt(from);
    const end = this.network + BigInt(to);
    while (at <= end) {
      let free = 0;
      while (free < bits && (at >> BigInt(free)) % 2n === 0n && at + 2n ** BigInt(free + 1) - 1n <= end) free++;
      blocks.push(`${toText(at, this.family)}/${bits - free}`);
      at += 2n ** BigInt(free);
    }
    return blocks;
  }
}

/** First and last address of a prefix, or of a single address, as numbers. */
export function rangeOf(prefix: string): { readonly family: 4 | 6; readonly first: bigint; readonly last: bigint } {
  const [ip = '', length] = prefix.split('/');
  const family = familyOf(ip) ?? 4;
  const bits = family === 4 ? 32 : 128;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const address = toNumber(ip);
  const first = address - (address % size);
  return { family, first, last: first + size - 1n };
}

/** Addresses that no router of the Internet has a route to. @see RFC 1918, RFC 6598, RFC 4193, RFC 3927 */
export function isPrivate(prefix: string): boolean {
  const kind = ipaddr.parse(prefix.split('/')[0] as string).range();
  return kind === 'private' || kind === 'carrierGradeNat' || kind === 'uniqueLocal' || kind === 'linkLocal';
}

/** Host numbers are plain numbers, so they stay within what a number holds exactly. */
const LARGEST = BigInt(Number.MAX_SAFE_INTEGER);

/** 4, 6, or undefined when it is neither. Stricter than the C library: `10.1` and `010.0.0.1` are nobody's intent. */
export function familyOf(ip: unknown): 4 | 6 | undefined {
  if (typeof ip !== 'string') return undefined;
  if (/^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(ip) && !/(^|\.)0\d/.test(ip)) return 4;
  return ip.includes(':') && !/[%.]/.test(ip) && ipaddr.IPv6.isValid(ip) ? 6 : undefined;
}

function toNumber(ip: string): bigint {
  let number = 0n;
  for (const byte of ipaddr.parse(ip).toByteArray()) number = number * 256n + BigInt(byte);
  return number;
}

function toText(address: bigint, family: 4 | 6): string {
  if (family === 4) {
    const n = Number(address);
    return `${Math.floor(n / 16_777_216)}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
  }
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((address >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}
