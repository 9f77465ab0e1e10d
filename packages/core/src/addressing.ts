import type { IConstruct } from 'constructs';

/** A layer-2 segment with an 802.1Q tag. */
export interface IVlan extends IConstruct {
  readonly name: string;
  /** 1–4094 */
  readonly tag: number;
  /** Prefixes of the segment in CIDR notation, IPv4 before IPv6. */
  readonly cidrs: readonly string[];
}

/** One address of a named host on a segment. */
export interface Address {
  readonly name: string;
  readonly ip: string;
  readonly family: 4 | 6;
  readonly prefixLength: number;
  readonly vlan: IVlan;
}

/** The prefix that holds one IP address alone: `10.20.0.5/32`. */
export function hostPrefix(ip: string): string {
  return `${ip}/${ip.includes(':') ? 128 : 32}`;
}

/** A construct that answers under addresses. */
export interface IAddressed extends IConstruct {
  readonly addresses: readonly Address[];
}

export function isAddressed(construct: IConstruct): construct is IAddressed {
  return Array.isArray((construct as { addresses?: unknown }).addresses);
}

export function isVlan(construct: IConstruct): construct is IVlan {
  return 'tag' in construct && 'cidrs' in construct;
}
