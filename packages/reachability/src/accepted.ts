import type { Protocol, RuleChain } from './rule-chain';
import { ALL_ADDRESSES, type Family } from './space/address-text';
import type { Box } from './space/box';
import { firstMatch } from './space/first-match';
import { ALL_PORTS } from './space/ports';

/** Packets that a chain lets through by one of its rules. */
export interface AcceptedBox extends Box {
  readonly rule: string;
  /** Place of the rule in its chain. */
  readonly rank: number;
}

const KNOWN = new WeakMap<RuleChain, Map<string, readonly AcceptedBox[]>>();

/** What a chain lets through, of one family and protocol. */
export function acceptedBy(chain: RuleChain, family: Family, protocol: Protocol): readonly AcceptedBox[] {
  const known = KNOWN.get(chain) ?? new Map<string, readonly AcceptedBox[]>();
  KNOWN.set(chain, known);
  const key = `${family} ${protocol}`;
  const before = known.get(key);
  if (before) return before;
  const everything = { source: ALL_ADDRESSES[family], destination: ALL_ADDRESSES[family], ports: ALL_PORTS[protocol] };
  const layers = chain.rules.flatMap(({ match, action, name }, rank) => {
    if (match.family !== undefined && match.family !== family) return [];
    if (match.protocols !== undefined && !match.protocols.includes(protocol)) return [];
    const box = {
      source: match.source ?? everything.source,
      destination: match.destination ?? everything.destination,
      ports: match.ports ?? everything.ports,
      rule: name,
      rank,
    };
    if (box.source.length === 0 || box.destination.length === 0 || box.ports.length === 0) return [];
    return [{ box, keep: action === 'accept' }];
  });
  const rest = { box: { ...everything, rule: chain.name, rank: chain.rules.length }, keep: true };
  const boxes = firstMatch(chain.otherwise === 'accept' ? [...layers, rest] : layers);
  known.set(key, boxes);
  return boxes;
}
