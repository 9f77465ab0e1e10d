import type { Masquerade } from '../router';
import type { IntervalSet } from '../rule-chain';
import { ALL_ADDRESSES, addressesOf, FAMILIES, type Family, parseRange } from '../space/address-text';
import { overlaps, setOf } from '../space/interval-set';
import { isUplink } from './interfaces';
import { hasPorts, protocolMatch } from './protocol-names';
import type { GatewayRoute } from './routes';
import { describe, IP_PROTOCOLS } from './user-rule';
import type { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

const JUDGED = 'interface ipprotocol protocol source sourceport destination dstport nonat disabled';
const IDLE = `
  target target_subnet targetip targetip_subnet staticnatport natport poolopts source_hash_key eimnat descr created updated nosync
`;
const PRIVATE = addressesOf(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], 4);
const LOOPBACK = addressesOf(['127.0.0.0/8'], 4);

/**
 * Outbound NAT: rules of its own, those that pfSense makes for private networks behind it, or both.
 * @see https://docs.netgate.com/pfsense/en/latest/nat/outbound.html
 * @throws REACH_UNJUDGED
 */
export function readOutboundNat(nat: XmlElement | undefined, words: Vocabulary, routes: readonly GatewayRoute[]): readonly Masquerade[] {
  const outbound = nat?.one('outbound')?.knows('mode rule', 'separator');
  const mode = outbound?.text('mode') || 'automatic';
  const own = (outbound?.all('rule') ?? []).filter(element => !element.has('disabled')).flatMap(element => readRule(element, words));
  switch (mode) {
    case 'automatic':
      return automatic(words, routes);
    case 'hybrid':
      return [...own, ...automatic(words, routes)];
    case 'advanced':
      return own;
    case 'disabled':
      return [];
    default:
      return outbound?.one('mode')?.refuse('write automatic, hybrid, advanced or disabled') ?? [];
  }
}

function readRule(element: XmlElement, words: Vocabulary): Masquerade[] {
  element.knows(JUDGED, IDLE);
  const [from, to] = [element.one('source'), element.one('destination')];
  if (!from || !to) element.refuse('write a <source> and a <destination>');
  if (element.text('sourceport') !== '') element.one('sourceport')?.refuse('leave the port of the source open');
  const protocol = element.text('protocol');
  const ports = words.ports(element.one('dstport'));
  if (ports && !hasPorts(protocol)) element.one('dstport')?.refuse('name tcp or udp as <protocol>');
  const written = element.text('ipprotocol');
  const families =
    written === '' ? FAMILIES.filter(f => [from, to].every(end => mayBe(end, f))) : (IP_PROTOCOLS[written] ?? element.refuse());
  const name = `${element.file}: outbound NAT of line ${element.line}${describe(element)}`;
  return families.flatMap(family => {
    const [source, destination] = [addresses(from, family, words), addresses(to, family, words)];
    if (source.length === 0 || destination.length === 0) return [];
    const match = {
      family,
      ...(source !== ALL_ADDRESSES[family] && { source }),
      ...(destination !== ALL_ADDRESSES[family] && { destination }),
      ...(protocolMatch(protocol, family) ?? element.one('protocol')?.refuse() ?? {}),
      ...(ports && { ports }),
    };
    return words
      .interfacesOf(element.text('interface'))
      .map(leaves => ({ leaves: leaves.name, match, ...(element.has('nonat') && { exempt: true }), name }));
  });
}

/** Here `<network>` says `any` too. */
function addresses(end: XmlElement, family: Family, words: Vocabulary): IntervalSet {
  return end.text('network') === 'any' ? ALL_ADDRESSES[family] : words.addresses(end, family);
}

/** Whether an end can be of a family: an address in figures is of one. */
function mayBe(end: XmlElement, family: Family): boolean {
  const range = parseRange(end.text('network') || end.text('address'));
  return range === undefined || range.family === family;
}

function automatic(words: Vocabulary, routes: readonly GatewayRoute[]): Masquerade[] {
  const uplinks = words.interfaces.filter(isUplink);
  const inside = words.interfaces.filter(of => !isUplink(of));
  const routed = routes
    .filter(({ route, interface: through }) => route.family === 4 && inside.some(of => of.name === through))
    .map(({ route }) => route.destination)
    .filter(destination => overlaps([{ first: destination.first, last: destination.first }], PRIVATE));
  const source = setOf([...LOOPBACK, ...inside.flatMap(of => of.sides[4].networks), ...routed]);
  return uplinks.map(({ name, element }) => ({
    leaves: name,
    match: { family: 4, source },
    name: `${element.file}: automatic outbound NAT`,
  }));
}
