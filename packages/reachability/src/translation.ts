import type { PortForward, Router } from './router';
import { GIVEN_ADDRESS } from './routing';
import type { IntervalSet, Match, Protocol } from './rule-chain';
import { ALL_ADDRESSES, type Family } from './space/address-text';
import { type Box, common, meets } from './space/box';
import { minus } from './space/first-match';
import { single } from './space/interval-set';
import { ALL_PORTS } from './space/ports';

export interface Translatable extends Box {
  readonly through: readonly string[];
}

/** Packets that arrive at a router as its filter sees them: with the destinations to which its port forwards lead. */
export function translated<T extends Translatable>(
  boxes: readonly T[],
  router: Router,
  arrives: string,
  family: Family,
  protocol: Protocol,
): T[] {
  const own = router.forwards.filter(({ arrives: at, match }) => {
    return (at ?? arrives) === arrives && (match.family ?? family) === family && (match.protocols?.includes(protocol) ?? true);
  });
  if (own.length === 0 || family !== 4) return [...boxes];
  const filters = own.map(({ match }) => filterOf(match, family, protocol));
  const changed = own.flatMap((forward, i) => {
    const filter = filters[i] as Box;
    const before = filters.slice(0, i).filter(other => meets(other, filter));
    const parts = minus(
      boxes.flatMap(box => common(box, filter) ?? []),
      before,
    );
    return parts.flatMap(part => leading(part, forward, filter.ports));
  });
  return [...changed, ...minus(boxes, filters)];
}

/** The n-th port of the range that matched becomes the n-th of the target's. */
function leading<T extends Translatable>(box: T, forward: PortForward, matched: IntervalSet): T[] {
  const base = { ...box, destination: single(forward.target), through: [...box.through, forward.name] };
  if (forward.targetPort === undefined) return [base];
  const shift = BigInt(forward.targetPort) - (matched[0]?.first ?? 0n);
  return [{ ...base, ports: box.ports.map(({ first, last }) => ({ first: first + shift, last: last + shift })) }];
}

/** A box that leaves a router, and the address under which it does, when that is not its own. */
export interface Leaving<T> {
  readonly box: T;
  readonly source?: IntervalSet;
}

/** Packets that leave a router, by what its source translation makes of them. */
export function hidden<T extends Box>(box: T, router: Router, leaves: string, family: Family, protocol: Protocol): Leaving<T>[] {
  let rest = [box];
  const parts: Leaving<T>[] = [];
  const own = router.interfaces.find(i => i.name === leaves)?.addresses.find(a => a.family === family)?.address ?? GIVEN_ADDRESS;
  for (const { match, exempt, leaves: at } of router.masquerades) {
    if (rest.length === 0 || at !== leaves || (match.family ?? family) !== family || match.protocols?.includes(protocol) === false)
      continue;
    const filter = filterOf(match, family, protocol);
    for (const part of rest.flatMap(one => common(one, filter) ?? [])) parts.push({ box: part, ...(!exempt && { source: single(own) }) });
    rest = minus(rest, [filter]);
  }
  return [...parts, ...rest.map(one => ({ box: one }))];
}

function filterOf(match: Match, family: Family, protocol: Protocol): Box {
  const everywhere = ALL_ADDRESSES[family];
  return { source: match.source ?? everywhere, destination: match.destination ?? everywhere, ports: match.ports ?? ALL_PORTS[protocol] };
}
