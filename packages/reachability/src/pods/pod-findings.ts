import type { Finding } from '@ashlar/core';
import { decisionOn, type Packet } from '../decision';
import type { DeclaredFlow, PodDeclaration } from '../declaration';
import { calledGroup, isAmong } from '../kubernetes/pod-group';
import type { PodGroup, PodPolicies } from '../router';
import type { IntervalSet } from '../rule-chain';
import { addressText } from '../space/address-text';
import { setOf } from '../space/interval-set';
import { placesText, portsText } from '../space/space-text';
import type { ClusterSurroundings } from './permissions';
import type { MissingPassage, PodComparison } from './pod-comparison';
import type { PodPassage } from './pod-passages';

/** One finding for each flow that policies drop, and one for each way on which they open what nobody declared. */
export function podFindings(
  { missing, excess }: PodComparison,
  around: ClusterSurroundings,
  declaration: PodDeclaration,
  proof: string,
): Finding[] {
  const lost = new Map<DeclaredFlow, MissingPassage>();
  for (const one of missing) if (!lost.has(one.flow)) lost.set(one.flow, one);
  const opened = new Map<string, PodPassage[]>();
  for (const passage of excess) {
    const key = [passage.from, passage.to].map(group => group && calledGroup(group)).join('\0') + passage.through.join('\0');
    opened.set(key, [...(opened.get(key) ?? []), passage]);
  }
  return [
    ...[...lost.values()].map(one => missingFinding(one, around.policies)),
    ...[...opened.values()].map(group => excessFinding(group, around, declaration, proof)),
  ];
}

function missingFinding({ flow, family, protocol, source, destination, ports }: MissingPassage, policies: PodPolicies): Finding {
  const packet = { family, protocol, source: first(source), destination: first(destination), port: first(ports) };
  const what = `the flow from ${flow.from.path} to ${flow.to.path} on ${flow.port} is declared, and does not get through`;
  return {
    code: 'REACH_MISSING',
    severity: 'error',
    path: flow.to.path,
    message: `${what}: ${dropped(flow, packet, policies)}`,
    fix: 'let the policy pass it, or remove the flow',
  };
}

/** Which end drops a packet, and by what. */
function dropped({ from, to }: DeclaredFlow, packet: Packet, policies: PodPolicies): string {
  const [source, target] = [from, to].map(end => (end.pods?.cluster === policies.cluster ? end.pods : undefined));
  const { egress, ingress } =
    source && target
      ? policies.ends(source, target)
      : { egress: source && policies.leaving(source), ingress: target && policies.entering(target) };
  const [decision] = [egress, ingress].flatMap(chain => (chain ? [decisionOn(chain, packet)] : [])).filter(({ accepts }) => !accepts);
  return `dropped by ${decision?.by}`;
}

function excessFinding(
  passages: readonly PodPassage[],
  { network, inside }: ClusterSurroundings,
  { ends }: PodDeclaration,
  proof: string,
): Finding {
  const [passage] = passages as [PodPassage];
  const { from, to, family, through, source, destination } = passage;
  const pathOf = (group: PodGroup | undefined) => group && ends.find(({ pods }) => pods && isAmong(group, pods))?.path;
  const places = (set: IntervalSet) => placesText(set, network.internet[family], family);
  const all = (side: 'source' | 'destination') => places(setOf(passages.filter(p => p.family === family).flatMap(p => p[side])));
  const text = (group: PodGroup | undefined, side: 'source' | 'destination') => (group ? (pathOf(group) ?? calledGroup(group)) : all(side));
  const ports = passages
    .filter(p => p.family === family || inside.families.length > 1)
    .map(p => portsText(p.ports, p.protocol))
    .filter((one, i, list) => list.indexOf(one) === i);
  const address = from && !to ? destination : source;
  const witness = from && to ? '' : ` (${addressText(first(address), family)}, ${portsText([single(passage.ports)], passage.protocol)})`;
  const by = through.length > 0 ? `by ${through.join(', then ')}` : 'because no policy closes it';
  return {
    code: 'REACH_EXCESS',
    severity: 'error',
    path: pathOf(to) ?? pathOf(from) ?? proof,
    message: `${text(from, 'source')} can reach ${text(to, 'destination')} on ${ports.join(', ')} ${by}, and no flow says so${witness}`,
    fix: 'declare the flow with allowFrom, or close the policy',
  };
}

function single(set: IntervalSet) {
  return { first: first(set), last: first(set) };
}

function first(set: IntervalSet): bigint {
  return set[0]?.first as bigint;
}
