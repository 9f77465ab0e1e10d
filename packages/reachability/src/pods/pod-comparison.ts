import type { DeclaredEnd, DeclaredFlow, PodDeclaration } from '../declaration';
import { portsOf } from '../question';
import { PROTOCOLS, type Protocol } from '../rule-chain';
import { ALL_ADDRESSES, type Family } from '../space/address-text';
import { type Box, common } from '../space/box';
import { minus } from '../space/first-match';
import { subtract } from '../space/interval-set';
import { type ClusterSurroundings, permissionsFor } from './permissions';
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

export function podComparison(passages: readonly PodPassage[], around: ClusterSurroundings, { flows }: PodDeclaration): PodComparison {
  const byProtocol = new Map(PROTOCOLS.map(protocol => [protocol, flows.filter(flow => flow.port.protocol === protocol)]));
  const judged = passages.map(passage => {
    const reasons = permissionsFor(passage, around, byProtocol.get(passage.protocol) ?? []);
    const boxes = reasons.map(({ box }) => box);
    // What several reasons permit is told by the first: flows come before needs.
    const permitted = reasons.flatMap(({ reason, box }, i) => {
      const part = common(passage, box);
      return part ? minus([{ ...part, reason }], boxes.slice(0, i)) : [];
    });
    return { permitted, excess: minus([passage], boxes) };
  });
  return {
    missing: flows.flatMap(flow => missing(flow, around)),
    excess: judged.flatMap(({ excess }) => excess),
    permitted: judged.flatMap(({ permitted }) => permitted),
  };
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
