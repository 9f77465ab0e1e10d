import { type Port, pathOf, Site } from '@ashlar/core';
import { isPrivate } from '../segments/subnet';
import { DynamicUplink } from './dynamic-uplink';
import type { IGateway } from './gateway';
import type { GatewayPlan, Passage } from './gateway-plan';
import { PortForward } from './port-forward';
import type { Side } from './side';

/** A port of a public address that leads to a host inside. IPv4 only: IPv6 needs no translation. */
export interface Forward {
  /** Undefined: the address that the provider gives. */
  readonly address?: string;
  readonly port: Port;
  readonly target: string;
  readonly targetPort: Port;
  /** The side on which the target lies. */
  readonly leads: Side;
  /** Sides inside that are let through to the target, and may use the public address to get there. */
  readonly hairpins: readonly Side[];
  readonly reason: string;
}

/** Destination NAT of what the Internet may reach behind private addresses. */
export function forwardsOf(gateway: IGateway, plan: GatewayPlan, passages: readonly Passage[]): Forward[] {
  const declared = Site.of(gateway)
    .findAll()
    .filter(PortForward.isPortForward)
    .filter(forward => forward.gateway === gateway);
  const own = DynamicUplink.is(gateway.wan) ? undefined : gateway.wan.ip;
  return passages
    .filter(passage => isTranslated(plan, passage))
    .flatMap(passage => {
      const [first = ''] = passage.to?.prefixes ?? [];
      const target = first.split('/')[0] as string;
      const base = { target, targetPort: passage.port, leads: passage.leaves, hairpins: hairpins(passages, passage) };
      const explicit = declared.filter(forward => sameTarget(forward, target) && String(forward.targetPort) === String(passage.port));
      if (explicit.length === 0) return [{ ...base, address: own, port: passage.port, reason: passage.reason }];
      return explicit.map(forward => ({ ...base, address: forward.address?.ip ?? own, port: forward.port, reason: pathOf(forward) }));
    });
}

/** Whether it comes from the Internet to private addresses. */
export function isTranslated(plan: GatewayPlan, { arrives, from, family, to, port }: Passage): boolean {
  const inbound = arrives === plan.uplink && from === undefined && family === 4 && port.protocol !== 'icmp';
  return inbound && to?.prefixes.every(isPrivate) === true;
}

/** Sides whose private IPv4 addresses are hidden behind the gateway's own when they go out. */
export function masqueradedSides(plan: GatewayPlan, passages: readonly Passage[]): Side[] {
  const leaving = new Set(passages.filter(p => p.leaves === plan.uplink && p.family === 4).map(p => p.arrives));
  return plan.sides.filter(side => leaving.has(side) && side.prefixes.some(prefix => !prefix.includes(':') && isPrivate(prefix)));
}

function hairpins(passages: readonly Passage[], inbound: Passage): Side[] {
  const target = inbound.to?.prefixes[0];
  const inner = passages.filter(p => p !== inbound && p.arrives.kind === 'segment' && p.to?.prefixes.includes(target as string));
  return [...new Set(inner.filter(p => String(p.port) === String(inbound.port)).map(p => p.arrives))];
}

function sameTarget(forward: PortForward, target: string): boolean {
  return forward.to.connections.endpoint.addresses().some(prefix => prefix.split('/')[0] === target);
}
