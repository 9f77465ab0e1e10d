import { Check, type Secret } from '@ashlar/core';
import type { Host } from '../segments/host';

export interface PppoeProps {
  /** User name that the provider gave. */
  readonly user: string;
  readonly password: Secret;
}

/** A way to the Internet whose address the provider gives, and may change. Flows from the Internet cannot name it. */
export class DynamicUplink {
  /** The provider's DHCP server gives the address. */
  public static dhcp(): DynamicUplink {
    return new DynamicUplink();
  }

  /** The provider's access concentrator gives the address; packets lose 8 bytes to it. @see RFC 2516 */
  public static pppoe(props: PppoeProps): DynamicUplink {
    const check = new Check('DynamicUplink.pppoe');
    check.known(props, ['user', 'password']);
    check.text('user', props.user, /^[\x21-\x7e]{1,128}$/, 'up to 128 characters without spaces', 'customer@provider.example');
    return new DynamicUplink(props);
  }

  public static is(x: unknown): x is DynamicUplink {
    return typeof x === 'object' && x !== null && DYNAMIC in x;
  }

  private constructor(public readonly pppoe?: PppoeProps) {
    Object.defineProperty(this, DYNAMIC, { value: true });
  }
}

/** How a gateway reaches the Internet: as a host of a segment, whose gateway is its default route, or by what the provider gives. */
export type Uplink = Host | DynamicUplink;

const DYNAMIC = Symbol.for('@ashlar/network.DynamicUplink');
