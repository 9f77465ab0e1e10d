import { type Port, Site } from '@ashlar/core';
import type { GatewayPlan, Passage } from '../gateway/gateway-plan';
import { PortForward } from '../gateway/port-forward';
import type { Side } from '../gateway/side';
import { forwardsOf, masqueradedSides } from '../gateway/translations';
import { isPrivate } from '../segments/subnet';
import type { PfSense } from './pfsense';
import type { RuleEnd } from './pfsense-aliases';
import type { PfSenseInterface } from './pfsense-interfaces';

/**
 * A port of a public address that leads to a host inside. There is one for each interface from which somebody may ask, where NAT
 * reflection would take the port from the gateway's own service on every interface. What passes, the filter says.
 */
export interface ForwardRule {
  readonly on: PfSenseInterface;
  readonly destination: RuleEnd;
  readonly port: Port;
  readonly target: string;
  readonly targetPort: Port;
  readonly descr: string;
}

/** What leaves an interface with the interface's own address. */
export interface OutboundRule {
  readonly on: PfSenseInterface;
  readonly source: string;
  /** Undefined for everybody and every protocol. */
  readonly to?: { readonly address: string; readonly port: Port };
  readonly descr: string;
}

/** An address of the uplink besides its first. */
export interface VirtualIp {
  readonly on: PfSenseInterface;
  readonly address: string;
  readonly prefixLength: number;
  readonly descr: string;
}

export interface PfSenseNat {
  readonly forwards: readonly ForwardRule[];
  readonly outbound: readonly OutboundRule[];
  readonly virtualIps: readonly VirtualIp[];
}

/**
 * Port forwards, outbound NAT and the addresses that they need.
 * @see https://docs.netgate.com/pfsense/en/latest/nat/index.html
 */
export function natOf(gateway: PfSense, plan: GatewayPlan, passages: readonly Passage[]): PfSenseNat {
  const { wan } = gateway.interfaces;
  const own: RuleEnd = { kind: 'interface', interface: wan, own: true };
  const virtualIps = virtualIpsOf(gateway);
  const forwards = forwardsOf(gateway, plan, passages).map(({ address, port, target, targetPort, reason, leads, hairpins }) => {
    const additional = virtualIps.some(vip => vip.address === address);
    const destination: RuleEnd = additional ? { kind: 'address', address: address as string } : own;
    const rule = { destination, port, target, targetPort };
    const inside = [...new Set([leads, ...hairpins])].flatMap(side => {
      const on = gateway.interfaces.ofSide(side);
      return on ? [{ ...rule, on, descr: `${reason}, asked from ${side.name}` }] : [];
    });
    return { rules: [{ ...rule, on: wan, descr: reason }, ...inside], neighbor: neighborOf(gateway, leads, target, targetPort, reason) };
  });
  const outward = masqueradedSides(plan, passages).flatMap(side =>
    side.prefixes
      .filter(prefix => !prefix.includes(':') && isPrivate(prefix))
      .map((source): OutboundRule => ({ on: wan, source, descr: `${side.name} to ${plan.uplink.name}` })),
  );
  return {
    forwards: forwards.flatMap(({ rules }) => rules),
    outbound: [...forwards.flatMap(({ neighbor }) => neighbor), ...outward],
    virtualIps,
  };
}

/** Who asks from the target's own segment would get the answer from another address than it asked. */
function neighborOf(gateway: PfSense, leads: Side, target: string, port: Port, reason: string): OutboundRule[] {
  const on = gateway.interfaces.ofSide(leads);
  const source = leads.vlan?.ipv4?.cidr;
  if (!on || source === undefined) return [];
  return [{ on, source, to: { address: target, port }, descr: `${reason}, asked from ${leads.name}` }];
}

function virtualIpsOf(gateway: PfSense): VirtualIp[] {
  const declared = Site.of(gateway)
    .findAll()
    .filter(PortForward.isPortForward)
    .filter(forward => forward.gateway === gateway && forward.address !== gateway.wan)
    .flatMap(forward => forward.address ?? []);
  return [...new Set(declared)]
    .sort((a, b) => a.number - b.number)
    .flatMap(host =>
      host.addresses
        .filter(({ family }) => family === 4)
        .map(({ ip, prefixLength }) => ({ on: gateway.interfaces.wan, address: ip, prefixLength, descr: host.fqdn })),
    );
}
