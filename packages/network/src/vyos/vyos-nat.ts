import type { GatewayPlan, Passage } from '../gateway/gateway-plan';
import { type Forward, forwardsOf, masqueradedSides } from '../gateway/translations';
import { isPrivate } from '../segments/subnet';
import type { VyOs } from './vyos';
import { tagged, type VyosNode } from './vyos-config';
import { portOf } from './vyos-firewall';

/**
 * Destination NAT of published ports, also for who asks from inside, and source NAT of what goes out.
 * @see https://docs.vyos.io/en/latest/configuration/nat/nat44.html
 */
export function natOf(gateway: VyOs, plan: GatewayPlan, passages: readonly Passage[]): VyosNode | undefined {
  const forwards = forwardsOf(gateway, plan, passages);
  const destination = forwards.flatMap(forward => destinationRules(gateway, plan, forward));
  const source = [...forwards.flatMap(forward => hairpinSources(gateway, forward)), ...masquerades(gateway, plan, passages)];
  if (destination.length + source.length === 0) return undefined;
  const numbered = (rules: readonly VyosNode[]) => tagged(rules.map((rule, i): [number, VyosNode] => [10 * (i + 1), rule]));
  return { destination: { rule: numbered(destination) }, source: { rule: numbered(source) } };
}

function destinationRules(gateway: VyOs, plan: GatewayPlan, forward: Forward): VyosNode[] {
  const { address, target, reason } = forward;
  const rule = (arrives: string, description: string, [port, targetPort]: readonly [string, string | undefined]): VyosNode => ({
    description,
    'inbound-interface': { name: arrives },
    protocol: forward.port.protocol,
    destination: { address, port },
    translation: { address: target, port: targetPort },
  });
  const inner = address === undefined ? [] : [...new Set([...forward.hairpins, forward.leads])];
  return mappings(forward).flatMap(ports => [
    rule(gateway.ports.interfaceOf(plan.uplink), reason, ports),
    ...inner.map(side => rule(gateway.ports.interfaceOf(side), `${reason}, asked from ${side.name}`, ports)),
  ]);
}

/** One rule keeps a range of ports as it is, but would send each port of it to the first one of another range. */
function mappings({ port, targetPort }: Forward): (readonly [port: string, targetPort: string | undefined])[] {
  if (String(port) === String(targetPort)) return [[portOf(port) as string, undefined]];
  return Array.from({ length: port.to - port.from + 1 }, (_, i) => [String(port.from + i), String(targetPort.from + i)]);
}

/** Who asks from the target's own segment would get the answer from another address than it asked. */
function hairpinSources(gateway: VyOs, { address, target, targetPort, leads, reason }: Forward): VyosNode[] {
  const own = leads.prefixes.find(prefix => !prefix.includes(':'));
  if (address === undefined) return [];
  return [
    {
      description: `${reason}, asked from ${leads.name}`,
      'outbound-interface': { name: gateway.ports.interfaceOf(leads) },
      protocol: targetPort.protocol,
      source: { address: own },
      destination: { address: target, port: portOf(targetPort) },
      translation: { address: 'masquerade' },
    },
  ];
}

function masquerades(gateway: VyOs, plan: GatewayPlan, passages: readonly Passage[]): VyosNode[] {
  return masqueradedSides(plan, passages).flatMap(side =>
    side.prefixes
      .filter(prefix => !prefix.includes(':') && isPrivate(prefix))
      .map(address => ({
        description: `${side.name} to ${plan.uplink.name}`,
        'outbound-interface': { name: gateway.ports.uplink },
        source: { address },
        translation: { address: 'masquerade' },
      })),
  );
}
