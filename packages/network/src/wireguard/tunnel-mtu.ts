import { Check, ConfigError } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { DynamicUplink } from '../gateway/dynamic-uplink';
import { isGateway } from '../gateway/gateway';

/**
 * Bytes that WireGuard puts around a packet: 32 of its own, 8 of UDP, and the header of the packet outside.
 * @see https://www.wireguard.com/papers/wireguard.pdf section 5.4.6
 */
const AROUND = { 4: 60, 6: 80 } as const;

/** The largest packet on the way outside: Ethernet's, or what PPPoE leaves of it. @see RFC 2516 */
function outerMtu(device: IConstruct): number {
  return isGateway(device) && DynamicUplink.is(device.wan) && device.wan.pppoe ? 1492 : 1500;
}

/**
 * The largest packet inside a tunnel. Without one it fits into IPv6 outside, because nobody knows over which family a peer arrives.
 * @throws PROP_RANGE, WIREGUARD_MTU
 */
export function checkedMtu(tunnel: IConstruct, device: IConstruct, mtu: number | undefined): number {
  if (mtu === undefined) return outerMtu(device) - AROUND[6];
  // Below 1280, IPv6 does not work; above 8920, nothing carries it.
  new Check(tunnel).integer('mtu', mtu, 1280, 8920, 'bytes');
  refuseLarge(tunnel, device, mtu, 4);
  return mtu;
}

/** @throws WIREGUARD_MTU when packets do not fit into those of a family outside */
export function refuseLarge(scope: IConstruct, device: IConstruct, mtu: number, family: 4 | 6): void {
  const outer = outerMtu(device);
  const around = AROUND[family];
  if (mtu <= outer - around) return;
  throw new ConfigError(
    scope,
    'WIREGUARD_MTU',
    `packets of ${mtu} bytes do not fit into the ${outer} of the way outside, of which the tunnel takes ${around} over IPv${family}`,
    { fix: `leave mtu out, which means ${outer - AROUND[6]}, or write at most ${outer - around}` },
  );
}
