import type { IntervalSet } from '../rule-chain';
import type { Family } from '../space/address-text';
import type { CidrGroups } from './cidr-groups';
import { type CiliumContext, readCiliumPeers } from './cilium-peers';
import { readCiliumPorts } from './cilium-ports';
import { podsSelected } from './cilium-selector';
import type { Manifest } from './manifest';
import type { ApiObject } from './parse-manifests';
import type { Direction, Policy, PolicyRule } from './policy';

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
const FIELDS: Readonly<Record<Direction, string>> = {
  ingress: 'fromEndpoints fromCIDR fromCIDRSet fromEntities toPorts icmps',
  egress: 'toEndpoints toCIDR toCIDRSet toEntities toFQDNs toPorts icmps',
};

/**
 * What a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy says, in each direction.
 * @see https://docs.cilium.io/en/stable/security/policy/language/
 * @throws REACH_UNJUDGED
 */
export function readCiliumPolicy(
  { kind, manifest, namespace }: ApiObject,
  groups: CidrGroups,
  machines: Readonly<Record<Family, IntervalSet>> | undefined,
): readonly Policy[] {
  const home = kind === 'CiliumNetworkPolicy' ? namespace || 'default' : '';
  const own = manifest.part('spec');
  const specs = [...(own ? [own] : []), ...manifest.parts('specs')];
  if (specs.length === 0) manifest.refuse('spec', 'write what it is about');
  return specs.flatMap(spec => {
    spec.knows('endpointSelector ingress ingressDeny egress egressDeny enableDefaultDeny description labels');
    const selector = spec.part('endpointSelector') ?? spec.refuse('endpointSelector', 'write endpointSelector: {} for all pods');
    const { selects, example: selected } = podsSelected(selector, home);
    const defaults = spec.part('enableDefaultDeny')?.knows('ingress egress');
    return DIRECTIONS.map((direction): Policy => {
      const [allowed, denied] = [spec.parts(direction), spec.parts(`${direction}Deny`)];
      const read = (rule: Manifest, isDeny: boolean) => readRule(rule, direction, { home, groups, machines, isDeny });
      return {
        direction,
        selects,
        selected,
        isolates: defaults?.flag(direction, allowed.length + denied.length > 0) ?? allowed.length + denied.length > 0,
        rules: [...denied.flatMap(rule => read(rule, true)), ...allowed.flatMap(rule => read(rule, false))],
      };
    });
  });
}

/** A rule that names neither peers nor ports lets nobody through: it only closes the direction. */
function readRule(rule: Manifest, direction: Direction, context: CiliumContext): readonly PolicyRule[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  const peers = readCiliumPeers(rule.knows(FIELDS[direction]), side, context);
  const ports = readCiliumPorts(rule);
  if (!peers && !ports) return [];
  if (ports?.isRestricted && context.isDeny) rule.refuse('toPorts', 'deny whole ports');
  const notes = [
    ...(peers?.isByName ? ['to addresses that DNS tells'] : []),
    ...(ports?.isRestricted ? ['restricted by rules of layer 7'] : []),
  ];
  const name = `${rule.file}: ${rule.path}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
  return [
    {
      action: context.isDeny ? 'drop' : 'accept',
      name,
      pods: peers?.pods ?? (() => true),
      named: peers?.named ?? [],
      outside: peers?.outside,
      ...(ports && { ports: ports.ports }),
      manifest: rule,
    },
  ];
}
