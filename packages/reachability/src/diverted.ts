import type { ByProtocol, Travelling } from './passage';
import type { Diversion, Router } from './router';
import type { Hop, Routing } from './routing';
import type { IntervalSet, Protocol } from './rule-chain';
import { ALL_ADDRESSES, type Family } from './space/address-text';
import { type Box, common } from './space/box';
import { minus } from './space/first-match';
import { subtract } from './space/interval-set';
import { ALL_PORTS } from './space/ports';

/** Arriving packets that one table routes. */
export interface Routed {
  readonly hops: readonly Hop[];
  readonly part: ByProtocol;
}

/** Arriving packets by the table that routes them; what none of its own routes fits goes by the main one. */
export function diverted(routing: Routing, router: Router, arrives: string, boxes: ByProtocol): Routed[] {
  const { family } = routing;
  const parts: Routed[] = [];
  let rest = boxes;
  for (const diversion of diversionsAt(router, arrives, family)) {
    const matched = new Map([...rest].map(([protocol, own]) => [protocol, matching(own, diversion, family, protocol)]));
    const known = routing.known(diversion.routes);
    if (known.length > 0) parts.push({ hops: routing.through(diversion.routes), part: bound(matched, known) });
    parts.push({ hops: routing.hops, part: bound(matched, subtract(ALL_ADDRESSES[family], known)) });
    rest = new Map(
      [...rest].map(([protocol, own]) => {
        const filter = filterOf(diversion, family, protocol);
        return [protocol, filter ? minus(own, [filter]) : own];
      }),
    );
  }
  return [...parts, { hops: routing.hops, part: rest }];
}

export function diversionsAt(router: Router, arrives: string, family: Family): readonly Diversion[] {
  return (router.diversions ?? []).filter(d => d.arrives === arrives && (d.match.family ?? family) === family);
}

function filterOf({ match }: Diversion, family: Family, protocol: Protocol): Box | undefined {
  if (match.protocols && !match.protocols.includes(protocol)) return undefined;
  const everywhere = ALL_ADDRESSES[family];
  return { source: match.source ?? everywhere, destination: match.destination ?? everywhere, ports: match.ports ?? ALL_PORTS[protocol] };
}

function matching(boxes: readonly Travelling[], diversion: Diversion, family: Family, protocol: Protocol): Travelling[] {
  const filter = filterOf(diversion, family, protocol);
  if (!filter) return [];
  const named = diversion.routes.length > 0 ? [diversion.name] : [];
  return boxes.flatMap(box => common({ ...box, through: [...box.through, ...named] }, filter) ?? []);
}

function bound(boxes: ByProtocol, destinations: IntervalSet): ByProtocol {
  return new Map(
    [...boxes].map(([protocol, own]) => [protocol, own.flatMap(one => common(one, { ...one, destination: destinations }) ?? [])]),
  );
}
