import type { PortForward } from '../router';
import type { FilterRule, IntervalSet, Match } from '../rule-chain';
import type { Family } from '../space/address-text';
import { isUplink } from './interfaces';
import { describe, IP_PROTOCOLS, matchOf } from './user-rule';
import type { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

/** A port forward with what it lets through the filter of its own interface. */
export interface Forwarding {
  readonly forward: PortForward;
  /** Passes without a rule of the filter. */
  readonly pass?: FilterRule;
}

const JUDGED = `
  interface ipprotocol protocol source destination target local-port associated-rule-id natreflection disabled
`;
const IDLE = 'descr created updated nosync';

/** How clients inside reach what is forwarded from outside. */
export type Reflection = 'none' | 'purenat' | 'proxy';

/**
 * The port forwards of `<nat>`, and those on inside interfaces that NAT reflection adds.
 * @see https://docs.netgate.com/pfsense/en/latest/nat/port-forwards.html and reflection.html
 * @throws REACH_UNJUDGED
 */
export function readPortForwards(nat: XmlElement | undefined, words: Vocabulary, reflection: Reflection): readonly Forwarding[] {
  return (nat?.all('rule') ?? []).filter(element => !element.has('disabled')).flatMap(element => readForward(element, words, reflection));
}

function readForward(element: XmlElement, words: Vocabulary, site: Reflection): Forwarding[] {
  element.knows(JUDGED, IDLE);
  const on = words.interfacesOf(element.text('interface') || 'wan');
  const [family] = (IP_PROTOCOLS[element.text('ipprotocol')] ?? []) as readonly Family[];
  if (!family || element.text('ipprotocol') === 'inet46') element.one('ipprotocol')?.refuse('write inet or inet6');
  const of = family as Family;
  if (element.text('protocol') === '') element.refuse('name its <protocol>');
  const [match] = matchOf(element, of, words);
  if (!match) return [];
  const target = targetOf(element, of, words);
  const targetPort = targetPortOf(element, match.ports, words);
  const name = `${element.file}: port forward of line ${element.line}${describe(element)}`;
  const passes = element.text('associated-rule-id') === 'pass';
  const pass: FilterRule = { match: translated(match, target, targetPort), action: 'accept', name };
  const inside = reflectionOf(element, site) === 'none' ? [] : words.interfaces.filter(other => !on.includes(other) && !isUplink(other));
  if (inside.length > 0 && !match.destination) element.refuse('name the destination, so that reflection does not catch everything');
  return [...on, ...inside].map(arrives => ({
    forward: { arrives: arrives.name, match, target, ...(targetPort !== undefined && { targetPort }), name },
    ...(passes && { pass }),
  }));
}

/** What the packets of a forward are after it. */
export function translated({ ports, ...match }: Match, target: bigint, targetPort?: number): Match {
  const [first, last] = [ports?.[0]?.first, ports?.[ports.length - 1]?.last];
  const from = BigInt(targetPort ?? 0);
  const moved =
    targetPort === undefined || first === undefined || last === undefined ? ports : [{ first: from, last: from + last - first }];
  return { ...match, destination: [{ first: target, last: target }], ...(moved && { ports: moved }) };
}

function targetOf(element: XmlElement, family: Family, words: Vocabulary): bigint {
  const target = element.one('target') ?? element.refuse('name its <target>');
  const [only, ...more] = words.address(target, family);
  return only && more.length === 0 && only.first === only.last ? only.first : target.refuse('forward to one address');
}

function targetPortOf(element: XmlElement, ports: IntervalSet | undefined, words: Vocabulary): number | undefined {
  const written = element.one('local-port');
  const local = ports && words.ports(written);
  if (!local || !written || written.value === element.one('destination')?.text('port')) return undefined;
  const first = local[0]?.first;
  if (first === ports[0]?.first && ports.length === 1) return undefined;
  if (ports.length > 1) written.refuse('forward ports that are apart each by its own rule');
  return Number(first);
}

function reflectionOf(element: XmlElement, site: Reflection): Reflection {
  const own = element.text('natreflection');
  if (!['', 'default', 'disable', 'enable', 'purenat'].includes(own)) element.one('natreflection')?.refuse('write purenat or disable');
  const reflection = own === 'disable' ? 'none' : own === 'enable' ? 'proxy' : own === 'purenat' ? 'purenat' : site;
  if (reflection === 'proxy') element.refuse('write <natreflection>purenat</natreflection>: a proxy makes connections of its own');
  return reflection;
}
