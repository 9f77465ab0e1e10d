import { acceptedBy } from './accepted';
import { answersOf } from './answers';
import { diverted } from './diverted';
import { isTunnel, type Network } from './network';
import type { Router } from './router';
import type { Hop } from './routing';
import { type IntervalSet, PROTOCOLS, type Protocol } from './rule-chain';
import { FAMILIES, type Family } from './space/address-text';
import { type Box, common } from './space/box';
import { intersect, overlaps, setOf, subtract } from './space/interval-set';
import { ALL_PORTS } from './space/ports';
import { hidden, type Translatable, translated } from './translation';

/** Packets of one family and protocol that get through, by the same rules. */
export interface Passage extends Box {
  readonly family: Family;
  readonly protocol: Protocol;
  /** Names of the rules, in the order in which a packet meets them. */
  readonly through: readonly string[];
  /** The first of several passages with a packet is the one that it takes. */
  readonly rank: number;
  /** Whether answers come back too; without them, packets arrive but no connection comes about. */
  readonly answered: boolean;
  /** Whether they end at a router itself. */
  readonly local: boolean;
}

/** A packet on its way: the source that the next router sees, and that with which it began. */
export interface Travelling extends Translatable {
  readonly origin?: IntervalSet;
  readonly through: readonly string[];
  readonly rank: number;
  readonly answered: boolean;
}

/** Everything that the routers of a network let through. */
export function passagesOf(network: Network): Passage[] {
  const found: Passage[] = [];
  for (const family of FAMILIES) {
    for (const { router, interface: arrives, sources, destinations, usual } of network.entries(family)) {
      const start = { source: sources, destination: destinations, through: [], rank: 0, answered: usual };
      const boxes = new Map<Protocol, readonly Travelling[]>(PROTOCOLS.map(p => [p, [{ ...start, ports: ALL_PORTS[p] }]]));
      cross({ network, family, found, visited: [] }, router, arrives, boxes);
    }
  }
  return found;
}

interface Journey {
  readonly network: Network;
  readonly family: Family;
  readonly found: Passage[];
  readonly visited: readonly Router[];
}

export type ByProtocol = ReadonlyMap<Protocol, readonly Travelling[]>;

function cross(journey: Journey, router: Router, arrives: string, boxes: ByProtocol): void {
  const { network, family, visited } = journey;
  if (visited.includes(router)) return;
  const onward = { ...journey, visited: [...visited, router] };
  const routing = network.routing(router, family);
  for (const { hops, part } of diverted(routing, router, arrives, boxes)) {
    const seen = new Map([...part].map(([protocol, own]) => [protocol, translated(own, router, arrives, family, protocol)]));
    end(onward, router, arrives, seen);
    for (const hop of hops) {
      const destinations = subtract(hop.destinations, routing.own);
      if (hop.interface !== arrives || isTunnel(router, arrives)) leave(onward, router, arrives, { ...hop, destinations }, seen);
      else back(onward, router, arrives, { ...hop, destinations: intersect(destinations, routing.specific) }, seen);
    }
  }
}

/** Out where it came from: neither by the default route, nor between neighbors, which need no router. */
function back(journey: Journey, router: Router, arrives: string, hop: Hop, boxes: ByProtocol): void {
  const { network, family } = journey;
  const { specific } = network.routing(router, family);
  const own = router.interfaces.find(i => i.name === arrives)?.addresses.filter(a => a.family === family) ?? [];
  const near = hop.nextHop === undefined ? subtract(specific, setOf(own.map(a => a.prefix))) : specific;
  leave(journey, router, arrives, hop, new Map([...boxes].map(([protocol, all]) => [protocol, limited(all, near)])));
}

function limited(boxes: readonly Travelling[], sources: IntervalSet): Travelling[] {
  return boxes.flatMap(one => common(one, { ...one, source: sources }) ?? []);
}

/** Packets to the router itself. */
function end({ network, family, found }: Journey, router: Router, arrives: string, boxes: ByProtocol): void {
  const { own } = network.routing(router, family);
  const chain = router.local(arrives);
  for (const [protocol, travelling] of boxes) {
    for (const one of travelling) {
      const destination = intersect(one.destination, own);
      if (destination.length === 0) continue;
      for (const accepted of acceptedBy(chain, family, protocol)) {
        const box = common({ ...one, destination }, accepted);
        if (box) found.push(finished(box, family, protocol, accepted, true, box.answered));
      }
    }
  }
}

function leave(journey: Journey, router: Router, arrives: string, hop: Hop, boxes: ByProtocol): void {
  const { network, family, found } = journey;
  if (hop.interface === undefined || hop.destinations.length === 0) return;
  const chain = router.forward(arrives, hop.interface);
  if (chain.otherwise === 'drop' && chain.rules.length === 0) return;
  const next = hop.nextHop === undefined ? undefined : network.routerAt(hop.nextHop, family);
  const onward = new Map<Protocol, Travelling[]>();
  for (const [protocol, travelling] of boxes) {
    const passing: { box: Travelling; accepted: { rule: string; rank: number } }[] = [];
    for (const one of travelling) {
      if (!overlaps(one.destination, hop.destinations)) continue;
      const bound = { ...one, destination: intersect(one.destination, hop.destinations) };
      for (const accepted of acceptedBy(chain, family, protocol)) {
        const box = common(bound, accepted);
        if (box) passing.push({ box, accepted });
      }
    }
    if (passing.length === 0) continue;
    const leaving = passing.flatMap(({ box, accepted }) => {
      return hidden(box, router, hop.interface as string, family, protocol).map(({ box: out, source }) => ({ box: out, accepted, source }));
    });
    if (next === undefined || next.router === router) {
      for (const { box, accepted, source } of leaving) {
        for (const { part, answered } of answersOf(network, router, arrives, hop, box, source !== undefined, family)) {
          found.push(finished(part, family, protocol, accepted, false, answered));
        }
      }
    } else {
      onward.set(
        protocol,
        leaving.map(({ box, accepted, source }) => ({
          ...box,
          origin: box.origin ?? (source === undefined ? undefined : box.source),
          source: source ?? box.source,
          through: [...box.through, accepted.rule],
          rank: box.rank + accepted.rank,
        })),
      );
    }
  }
  if (next && onward.size > 0) {
    const behind = network.routing(next.router, family).behind(next.interface);
    // A router that sends the answers elsewhere does not take part in a connection.
    const usable = [...onward].map(([p, own]): [Protocol, Travelling[]] => [p, limited(own, behind)]);
    cross(journey, next.router, next.interface, new Map(usable));
  }
}

function finished(
  box: Travelling,
  family: Family,
  protocol: Protocol,
  accepted: { readonly rule: string; readonly rank: number },
  local: boolean,
  answered: boolean,
): Passage {
  return {
    family,
    protocol,
    source: box.origin ?? box.source,
    destination: box.destination,
    ports: box.ports,
    through: [...box.through, accepted.rule],
    rank: box.rank + accepted.rank,
    answered,
    local,
  };
}
