import type { IConnectable } from '@ashlar/core';
import type { DnsZones } from '../dns/dns-zones';
import type { Vlan } from '../segments/vlan';
import type { Uplink } from './dynamic-uplink';

/**
 * A router between segments, with a firewall of its own. Flows to and from itself, such as those of its resolver, are flows of the
 * model like any other.
 */
export interface IGateway extends IConnectable {
  readonly wan: Uplink;
  /** Segment from which it is managed. */
  readonly management: Vlan;
  /** Segments of which it has the gateway address, that of management among them. */
  readonly segments: readonly Vlan[];
  /** Servers that answer for the site's domain. */
  readonly dns?: DnsZones;
  /** Its autonomous system, where it speaks BGP. */
  readonly asn?: number;
}

/** Marks a gateway, whoever made it. */
export const GATEWAY = Symbol.for('@ashlar/network.Gateway');

export function isGateway(x: unknown): x is IGateway {
  return typeof x === 'object' && x !== null && GATEWAY in x;
}
