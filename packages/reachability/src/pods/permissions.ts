import type { DeclaredEnd, DeclaredFlow } from '../declaration';
import { guardedAddresses } from '../guard';
import { isAmong } from '../kubernetes/pod-group';
import type { Network } from '../network';
import { portsOf } from '../question';
import type { PodGroup, PodPolicies } from '../router';
import type { IntervalSet } from '../rule-chain';
import { ALL_ADDRESSES, type Family } from '../space/address-text';
import type { Box } from '../space/box';
import { overlaps, setOf, subtract, unite } from '../space/interval-set';
import type { ClusterInside } from './cluster-inside';
import { neededBetween, neededOfMachines } from './needed-ports';
import type { PodPassage } from './pod-passages';
import { isWayKnown } from './way-out';

/** One cluster and what is around it. */
export interface ClusterSurroundings {
  readonly policies: PodPolicies;
  readonly inside: ClusterInside;
  readonly network: Network;
}

/** What may pass, and why. */
export interface Permission {
  /** `flow`, or what needs it. */
  readonly reason: string;
  readonly box: Box;
}

/**
 * A policy cannot say `the Internet`, so that it names every address: also those of pods, of machines and of neighbours. The report says
 * so where something else does not close them.
 */
const EVERY_ADDRESS = 'the Internet, written as every address';

/** What may pass between the ends of `passage`: flows first. */
export function permissionsFor(passage: PodPassage, around: ClusterSurroundings, flows: readonly DeclaredFlow[]): readonly Permission[] {
  const { from, to, family, protocol } = passage;
  const { policies, inside } = around;
  const everywhere = ALL_ADDRESSES[family];
  const box = (ports: IntervalSet, ends: Partial<Box> = {}) => ({ source: everywhere, destination: everywhere, ports, ...ends });
  const needs = !from
    ? []
    : to
      ? neededBetween(policies, from, to, protocol).map(({ reason, ports }) => ({ reason, box: box(ports) }))
      : neededOfMachines(policies, from, protocol).map(({ reason, ports }) => {
          return { reason, box: box(ports, { destination: inside.machines?.[family] ?? everywhere }) };
        });
  const addressesOf = (end: DeclaredEnd) => (end.internet ? around.network.internet[family] : end.addresses[family]);
  const declared = flows
    .filter(flow => concerns(flow.from, from, policies.cluster) && concerns(flow.to, to, policies.cluster))
    .map(flow => ({
      reason: 'flow',
      box: box(portsOf(flow.port, family), {
        ...(!from && { source: addressesOf(flow.from) }),
        ...(!to && { destination: addressesOf(flow.to) }),
      }),
    }));
  const widened = flows
    .filter(flow => isWidened(flow, passage, policies))
    .map(flow => ({
      reason: EVERY_ADDRESS,
      box: box(portsOf(flow.port, family), !to ? { destination: unfiltered(around, family) } : {}),
    }));
  return [...declared, ...widened, ...needs];
}

/** Whether one end of a flow is this end of a passage: pods of the cluster by their labels, everybody else by addresses. */
function concerns(end: DeclaredEnd, group: PodGroup | undefined, cluster: string): boolean {
  return group ? end.pods !== undefined && isAmong(group, end.pods) : end.pods?.cluster !== cluster;
}

/** Whether it is a flow with the Internet that lets `passage` through besides: what the other end closes, it keeps closed. */
function isWidened(flow: DeclaredFlow, { from, to }: PodPassage, policies: PodPolicies): boolean {
  if (from && flow.to.internet && concerns(flow.from, from, policies.cluster)) return !to || policies.entering(to).otherwise === 'accept';
  if (to && flow.from.internet && concerns(flow.to, to, policies.cluster)) return !from || policies.leaving(from).otherwise === 'accept';
  return false;
}

/** What nothing on the way closes: the machines, their neighbours without a firewall, and all where the way is not known. */
function unfiltered({ network, inside }: ClusterSurroundings, family: Family): IntervalSet {
  const machines = inside.machines?.[family] ?? [];
  if (!isWayKnown(inside, network)) return ALL_ADDRESSES[family];
  const near = network.sides(family).filter(side => overlaps(side, machines));
  return unite(machines, subtract(setOf(near.flat()), guardedAddresses(network.hostFirewalls, family)));
}
