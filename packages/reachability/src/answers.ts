import { diversionsAt } from './diverted';
import type { Network } from './network';
import type { Travelling } from './passage';
import type { Router } from './router';
import type { Hop } from './routing';
import { ALL_ADDRESSES, type Family, UNROUTED } from './space/address-text';
import { type Box, common } from './space/box';
import { minus } from './space/first-match';
import { intersect, setOf } from './space/interval-set';

/** A part of a box, all or nothing of which is answered. */
export interface Answered {
  readonly part: Travelling;
  readonly answered: boolean;
}

/**
 * Which packets are answered. The Internet has no answer for a private address, and where other tables route the answers elsewhere, they
 * are lost.
 * @param translated whether they leave with an address of the router
 */
export function answersOf(
  network: Network,
  router: Router,
  arrives: string,
  hop: Hop,
  box: Travelling,
  translated: boolean,
  family: Family,
): Answered[] {
  if (!box.answered) return [{ part: box, answered: false }];
  const lost: Box[] = translated ? [] : [{ source: UNROUTED[family], destination: network.internet[family], ports: box.ports }];
  const everywhere = ALL_ADDRESSES[family];
  let open: Box[] = [box];
  for (const { match, routes } of diversionsAt(router, hop.interface as string, family)) {
    // The port that a rule names is one of requests: an answer goes to whatever port the asker chose.
    if (match.ports !== undefined) continue;
    const filter = { source: match.destination ?? everywhere, destination: match.source ?? everywhere, ports: box.ports };
    const others = network
      .routing(router, family)
      .through(routes)
      .filter(other => other.interface !== arrives);
    const elsewhere = setOf(others.flatMap(other => other.destinations));
    const gone = { ...filter, source: intersect(filter.source, elsewhere) };
    lost.push(...open.flatMap(one => common(one, gone) ?? []));
    open = minus(open, [filter]);
  }
  const answered = minus([box], lost).map(part => ({ part, answered: true }));
  return [...answered, ...lost.flatMap(one => common(box, one) ?? []).map(part => ({ part, answered: false }))];
}
