import type { DeclaredEnd, DeclaredFlow, PodDeclaration } from '../declaration';
import { guardedAddresses } from '../guard';
import { isAmong } from '../kubernetes/pod-group';
import type { Network } from '../network';
import { portsOf } from '../question';
import type { PodGroup, PodPolicies } from '../router';
import { type IntervalSet, PROTOCOLS, type Protocol } from '../rule-chain';
import { ALL_ADDRESSES, type Family } from '../space/address-text';
import { type Box, common } from '../space/box';
import { minus } from '../space/first-match';
import { overlaps, setOf, subtract, unite } from '../space/interval-set';
import type { ClusterInside } from './cluster-inside';
import { neededBetween, neededOfMachines } from './needed-ports';
import { type PodPassage, passagesBetween, passagesBy } from './pod-passages';

/** A passage, and why it may be there. */
export interface PermittedPassage extends PodPassage {
  /** `flow`, or what needs it. */
  readonly reason: string;
}

/** Packets of a declared flow that policies drop. */
export interface MissingPassage extends Box {
  readonly family: Family;
  readonly protocol: Protocol;
  readonly flow: DeclaredFlow;
}

/** What the policies of one cluster let through, against what was declared of its pods. */
export interface PodComparison {
  readonly missing: readonly MissingPassage[];
  readonly excess: readonly PodPassage[];
  readonly permitted: readonly PermittedPassage[];
}

/** One cluster and what is around it. */
export interface ClusterSurroundings {
  readonly policies: PodPolicies;
  readonly inside: ClusterInside;
  readonly network: Network;
}

export function podComparison(passages: readonly PodPassage[], around: ClusterSurroundings, { flows }: PodDeclaration): PodComparison {
  const byProtocol = new Map(PROTOCOLS.map(protocol => [protocol, flows.filter(flow => flow.port.protocol === protocol)]));
  const judged = passages.map(passage => {
    const reasons = permissions(passage, around, byProtocol.get(passage.protocol) ?? []);
    const permitted = reasons.flatMap(({ reason, box }) => {
      const part = common(passage, box);
      return part ? [{ ...part, reason }] : [];
    });
    const boxes = reasons.map(({ box }) => box);
    return { permitted, excess: minus([passage], boxes) };
  });
  return {
    missing: flows.flatMap(flow => missing(flow, around)),
    excess: judged.flatMap(({ excess }) => excess),
    permitted: judged.flatMap(({ permitted }) => permitted),
  };
}

/** What may pass where `passage` does. */
function permissions(passage: PodPassage, around: ClusterSurroundings, flows: readonly DeclaredFlow[]) {
  const { from, to, family, protocol } = passage;
  const { policies, inside } = around;
  const whole = { source: ALL_ADDRESSES[family], destination: ALL_ADDRESSES[family] };
  const declared = flows
    .filter(flow => concerns(flow.from, from, policies.cluster) && concerns(flow.to, to, policies.cluster))
    .map(flow => ({
      reason: 'flow',
      box: {
        source: from ? whole.source : entered(flow.from, family),
        destination: to ? whole.destination : left(flow.to, around, family),
        ports: portsOf(flow.port, family),
      },
    }));
  const needed = (ports: IntervalSet, destination = whole.destination) => ({ ...whole, destination, ports });
  if (from && to)
    return [...declared, ...neededBetween(policies, from, to, protocol).map(({ reason, ports }) => ({ reason, box: needed(ports) }))];
  if (!from) return declared;
  const machines = inside.machines?.[family] ?? whole.destination;
  return [
    ...declared,
    ...neededOfMachines(policies, from, protocol).map(({ reason, ports }) => ({ reason, box: needed(ports, machines) })),
  ];
}

/** Whether one end of a flow is this end of a passage: pods of the cluster by their labels, everybody else by addresses. */
function concerns(end: DeclaredEnd, group: PodGroup | undefined, cluster: string): boolean {
  return group ? end.pods !== undefined && isAmong(group, end.pods) : end.pods?.cluster !== cluster;
}

/** The Internet enters under any address; the routers keep away who is not of it. */
function entered(end: DeclaredEnd, family: Family): IntervalSet {
  return end.internet ? ALL_ADDRESSES[family] : end.addresses[family];
}

/** A flow to the Internet also opens what nobody filters: the neighbours of the machines. */
function left(end: DeclaredEnd, { network, inside }: ClusterSurroundings, family: Family): IntervalSet {
  if (!end.internet) return end.addresses[family];
  const machines = inside.machines?.[family] ?? [];
  const near = network.sides(family).filter(side => overlaps(side, machines));
  return unite(network.internet[family], subtract(setOf(near.flat()), guardedAddresses(network.hostFirewalls, family)));
}

function missing(flow: DeclaredFlow, { policies, inside, network }: ClusterSurroundings): readonly MissingPassage[] {
  const { from, to } = flow;
  const { protocol } = flow.port;
  const [source, target] = [from, to].map(end => (end.pods?.cluster === policies.cluster ? end.pods : undefined));
  const addresses = (end: DeclaredEnd, family: Family) =>
    subtract(end.internet ? network.internet[family] : end.addresses[family], inside.addresses[family]);
  return inside.families.flatMap(family => {
    const all = ALL_ADDRESSES[family];
    const required = (ends: Partial<Box>) => ({ source: all, destination: all, ports: portsOf(flow.port, family), ...ends });
    const lost = (box: Box, passed: readonly Box[]) =>
      box.source.length === 0 || box.destination.length === 0 ? [] : minus([{ ...box, family, protocol, flow }], passed);
    const own = (passages: readonly PodPassage[]) => passages.filter(passage => passage.protocol === protocol);
    if (source && target) {
      const { egress, ingress } = policies.ends(source, target);
      return lost(required({}), own(passagesBetween({}, egress, ingress, [family])));
    }
    if (source) return lost(required({ destination: addresses(to, family) }), own(passagesBy(policies.leaving(source), {}, [family])));
    if (target) return lost(required({ source: addresses(from, family) }), own(passagesBy(policies.entering(target), {}, [family])));
    return [];
  });
}
