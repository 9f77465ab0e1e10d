import type { WireGuardInterface } from './wireguard-interface';
import type { WireGuardPeer } from './wireguard-peer';

/** Mark interfaces and peers, so that rules know one without loading it, and copies of this package know each other's. */
export const INTERFACE = Symbol.for('@ashlar/network.WireGuardInterface');
export const PEER = Symbol.for('@ashlar/network.WireGuardPeer');

export function isWireGuardInterface(x: unknown): x is WireGuardInterface {
  return typeof x === 'object' && x !== null && INTERFACE in x;
}

export function isWireGuardPeer(x: unknown): x is WireGuardPeer {
  return typeof x === 'object' && x !== null && PEER in x;
}
