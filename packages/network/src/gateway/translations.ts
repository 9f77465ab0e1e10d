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
  const within = insiders(passages);
  return passages
    .filter(passage => isTranslated(plan, passage))
    .flatMap(passage => {
      const [first = ''] = passage.to?.prefixes ?? [];
      const target = first.split('/')[0] as string;
      const base = {
        target,
        targetPort: passage.port,
        leads: passage.leaves,
        hairpins: within.get(`${passage.to?.prefixes[0]} ${passage.port}`) ?? [],
      };
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

/** Segments from which each address is reached on each port. */
function insiders(passages: readonly Passage[]): ReadonlyMap<string, readonly Side[]> {
  const sides = new Map<string, Set<Side>>();
  for (const { arrives, to, port } of passages) {
    if (arrives.kind !== 'segment') continue;
    for (const prefix of to?.prefixes ?? []) {
      const key = `${prefix} ${port}`;
      sides.set(key, (sides.get(key) ?? new Set()).add(arrives));
    }
  }
  return new Map([...sides].map(([key, found]) => [key, [...found]]));
}

function sameTarget(forward: PortForward, target: string): boolean {
  return forward.to.connections.endpoint.addresses().some(prefix => prefix.split('/')[0] === target);
}
