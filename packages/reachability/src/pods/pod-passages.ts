import { acceptedBy } from '../accepted';
import type { PodGroup, PodPolicies } from '../router';
import { PROTOCOLS, type Protocol, type RuleChain } from '../rule-chain';
import { FAMILIES, type Family } from '../space/address-text';
import type { Box } from '../space/box';
import { intersect, subtract } from '../space/interval-set';
import type { ClusterInside } from './cluster-inside';
import type { PodGroups } from './pod-groups';

/** Packets that the policies of a cluster let through by the same rules, between groups of its pods or to and from the outside. */
export interface PodPassage extends Box {
  readonly family: Family;
  readonly protocol: Protocol;
  /** Undefined for addresses outside the cluster. */
  readonly from?: PodGroup;
  readonly to?: PodGroup;
  /** Names of the rules; a policy that does not close an end has none there. */
  readonly through: readonly string[];
}

/** Everything that the policies of a cluster let through where at least one end is theirs to decide on. */
export function podPassages(policies: PodPolicies, groups: PodGroups, inside: ClusterInside): readonly PodPassage[] {
  const between = groups.pairs().flatMap(({ from, to }) => {
    const { egress, ingress } = policies.ends(from, to);
    return passagesBetween({ from, to }, egress, ingress, inside.families);
  });
  const leaving = groups.own.flatMap(from => passagesBy(policies.leaving(from), { from }, FAMILIES));
  const entering = groups.own.flatMap(to => passagesBy(policies.entering(to), { to }, FAMILIES));
  return [
    ...between,
    ...leaving.map(passage => ({ ...passage, destination: subtract(passage.destination, inside.addresses[passage.family]) })),
    ...entering.map(passage => ({ ...passage, source: subtract(passage.source, inside.addresses[passage.family]) })),
  ].filter(({ source, destination }) => source.length > 0 && destination.length > 0);
}

type Ends = Pick<PodPassage, 'from' | 'to'>;

/** What both chains let through; of two pods, only the ports tell packets apart. */
export function passagesBetween(ends: Ends, egress: RuleChain, ingress: RuleChain, families: readonly Family[]): readonly PodPassage[] {
  if (isClosed(egress) || isClosed(ingress)) return [];
  return passagesBy(egress, ends, families).flatMap(passage =>
    acceptedBy(ingress, passage.family, passage.protocol).flatMap(({ ports: open, rule }) => {
      const ports = intersect(passage.ports, open);
      return ports.length > 0 ? [{ ...passage, ports, through: [...passage.through, ...ruleOf(ingress, rule)] }] : [];
    }),
  );
}

export function passagesBy(chain: RuleChain, ends: Ends, families: readonly Family[]): readonly PodPassage[] {
  if (isClosed(chain)) return [];
  return families.flatMap(family =>
    PROTOCOLS.flatMap(protocol =>
      acceptedBy(chain, family, protocol).map(({ source, destination, ports, rule }): PodPassage => {
        return { ...ends, family, protocol, source, destination, ports, through: ruleOf(chain, rule) };
      }),
    ),
  );
}

function isClosed({ rules, otherwise }: RuleChain): boolean {
  return otherwise === 'drop' && rules.every(rule => rule.action === 'drop');
}

/** A chain that lets through what none of its rules is about has no rule to name. */
function ruleOf(chain: RuleChain, rule: string): readonly string[] {
  return rule === chain.name ? [] : [rule];
}
