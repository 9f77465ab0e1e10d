import type { Network } from './network';
import type { Passage } from './passage';
import type { Reachability } from './reachability';
import type { IntervalSet } from './rule-chain';
import { PROTOCOLS } from './rule-chain';
import { FAMILIES, type Family, intervalText } from './space/address-text';
import { IntervalIndex } from './space/interval-index';
import { setOf, subtract } from './space/interval-set';
import { ALL_PORTS } from './space/ports';
import { portsText } from './space/space-text';

interface Place {
  readonly name: string;
  readonly addresses: Readonly<Record<Family, IntervalSet>>;
}

/** Who reaches whom, segment by segment, for people. */
export function reportMarkdown(reachability: Reachability): string {
  const places = placesOf(reachability.network);
  const lines = [
    '# Reachability',
    '',
    'Computed from the rendered firewalls alone. What stands in no row cannot connect.',
    '',
    '| From | To | Ports |',
    '|---|---|---|',
    ...rowsOf(
      places,
      reachability.passages.filter(p => !p.local && p.answered),
      false,
    ),
    '',
    '## To the routers themselves',
    '',
    '| From | Ports |',
    '|---|---|',
    ...rowsOf(
      places,
      reachability.passages.filter(p => p.local && p.answered),
      true,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** Segments, prefixes of nobody that the routers lead to all the same, and the Internet. */
function placesOf(network: Network): Place[] {
  const { segments, internet } = network;
  const others = FAMILIES.flatMap(family => {
    const led = setOf(network.routers.flatMap(router => network.routing(router, family).specific));
    const known = setOf(segments.flatMap(segment => segment.addresses[family]));
    return subtract(led, known).map((interval): Place => {
      return { name: intervalText(interval, family), addresses: { 4: [], 6: [], [family]: [interval] } };
    });
  });
  return [...segments.map(({ name, addresses }) => ({ name, addresses })), ...others, { name: 'Internet', addresses: internet }];
}

function rowsOf(places: readonly Place[], passages: readonly Passage[], local: boolean): string[] {
  const cells = new Map<string, Passage[]>();
  const indexOf = (family: Family) => new IntervalIndex(places.map(place => [place.name, place.addresses[family]] as const));
  const indexes = { 4: indexOf(4), 6: indexOf(6) };
  for (const passage of passages) {
    const names = (set: IntervalSet) => indexes[passage.family].within(set);
    for (const from of names(passage.source)) {
      for (const to of local ? [''] : names(passage.destination)) {
        if (from === to) continue;
        const key = local ? from : `${from} | ${to}`;
        const own = cells.get(key);
        if (own) own.push(passage);
        else cells.set(key, [passage]);
      }
    }
  }
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, own]) => `| ${key} | ${portsOf(own)} |`);
}

function portsOf(passages: readonly Passage[]): string {
  const texts = PROTOCOLS.flatMap(protocol =>
    FAMILIES.flatMap(family => {
      const own = passages.filter(passage => passage.protocol === protocol && passage.family === family);
      return own.length > 0 ? [portsText(setOf(own.flatMap(passage => passage.ports)), protocol)] : [];
    }),
  );
  const distinct = [...new Set(texts)];
  const everything = PROTOCOLS.every(protocol => distinct.includes(portsText(ALL_PORTS[protocol], protocol)));
  return everything ? 'everything' : distinct.join(', ');
}
