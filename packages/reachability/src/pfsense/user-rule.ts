import type { FilterRule, Match } from '../rule-chain';
import { ALL_ADDRESSES, type Family } from '../space/address-text';
import { setOf } from '../space/interval-set';
import { icmpTypeOf } from './icmp-types';
import { hasPorts, protocolMatch } from './protocol-names';
import type { Vocabulary } from './vocabulary';
import type { XmlElement } from './xml-element';

/** A rule of `<filter>`, in each family that it is about. */
export interface UserRule {
  readonly element: XmlElement;
  readonly name: string;
  /** Names of interfaces or groups as written; undefined for all. */
  readonly on: string | undefined;
  readonly isFloating: boolean;
  /** It decides at once; otherwise the last one that matches does. */
  readonly isQuick: boolean;
  readonly direction: 'in' | 'out' | 'any';
  readonly filters: readonly FilterRule[];
  /** Gateway that it sends packets to; empty for the routing table's. */
  readonly gateway: string;
}

const JUDGED = `
  type interface ipprotocol protocol icmptype source destination disabled floating quick direction gateway sched statetype
`;
const IDLE = `
  id tracker descr log created updated associated-rule-id statetimeout statepolicy max max-src-nodes max-src-conn max-src-states
  max-src-conn-rate max-src-conn-rates source-track allowopts nopfsync nosync disablereplyto tcpflags_any tag defaultqueue ackqueue
  dnpipe pdnpipe vlanprioset separator
`;
/** Conditions on packets that the proof does not tell apart: they may stand there empty. */
const CONDITIONS = 'os dscp tagged vlanprio tcpflags1 tcpflags2';
const STATES = ['', 'keep state', 'sloppy state', 'modulate state', 'synproxy state'];
const ACTIONS = { pass: 'accept', block: 'drop', reject: 'drop' } as const;

/** Families by `<ipprotocol>`; without one it is IPv4. */
export const IP_PROTOCOLS: Readonly<Record<string, readonly Family[]>> = { '': [4], inet: [4], inet6: [6], inet46: [4, 6] };

/**
 * The rules of `<filter>` that are not disabled, in the order of the file.
 *
 * A schedule makes a rule come and go: what passes at some time counts as reachable, so that a rule that blocks by schedule is left out.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/configure.html
 * @throws REACH_UNJUDGED
 */
export function readUserRules(filter: XmlElement | undefined, words: Vocabulary): readonly UserRule[] {
  filter?.knows('rule', 'separator');
  return (filter?.all('rule') ?? [])
    .filter(element => !element.has('disabled'))
    .map(element => readRule(element, words))
    .filter(rule => rule !== undefined);
}

function readRule(element: XmlElement, words: Vocabulary): UserRule | undefined {
  element.knows(JUDGED, IDLE, CONDITIONS).leavesOpen(CONDITIONS);
  const type = element.text('type') || 'pass';
  if (type === 'match') return undefined;
  if (!(type in ACTIONS)) element.one('type')?.refuse('write pass, block or reject');
  const action = ACTIONS[type as keyof typeof ACTIONS];
  if (action === 'drop' && element.text('sched') !== '') return undefined;
  if (!STATES.includes(element.text('statetype'))) element.one('statetype')?.refuse('keep state: without it answers do not pass');
  const isFloating = element.has('floating');
  const direction = isFloating ? element.text('direction') || 'any' : 'in';
  if (direction !== 'in' && direction !== 'out' && direction !== 'any') element.one('direction')?.refuse('write in, out or any');
  const on = element.text('interface');
  if (!isFloating && (on === '' || on.includes(','))) element.refuse('name one <interface>, or make it a floating rule');
  const name = `${element.file}: rule ${element.text('tracker') || `of line ${element.line}`}${describe(element)}`;
  return {
    element,
    name,
    on: isFloating && (on === '' || on === 'any') ? undefined : on,
    isFloating,
    isQuick: !isFloating || element.has('quick'),
    direction: direction as UserRule['direction'],
    filters: familiesOf(element).flatMap(family => matchOf(element, family, words).map(match => ({ match, action, name }))),
    gateway: action === 'accept' ? element.text('gateway') : '',
  };
}

export function describe(element: XmlElement): string {
  const descr = element.text('descr');
  return descr === '' ? '' : ` (${descr})`;
}

function familiesOf(element: XmlElement): readonly Family[] {
  return IP_PROTOCOLS[element.text('ipprotocol')] ?? element.one('ipprotocol')?.refuse('write inet, inet6 or inet46') ?? [];
}

/** What a rule or port forward is about in one family; nothing when pfSense leaves it out there. */
export function matchOf(element: XmlElement, family: Family, words: Vocabulary): readonly Match[] {
  const protocol = element.text('protocol');
  const match = protocolMatch(protocol, family) ?? element.one('protocol')?.refuse('write tcp, udp, tcp/udp, icmp or any') ?? {};
  const [from, to] = [element.one('source'), element.one('destination')];
  if (!from || !to) element.refuse('write a <source> and a <destination>');
  if (from.text('port') !== '') from.one('port')?.refuse('leave the port of the source open: no client keeps to one');
  const ports = words.ports(to.one('port'));
  if (to.text('port') !== '' && !hasPorts(protocol)) to.one('port')?.refuse('name tcp or udp as <protocol>');
  const types = icmpTypes(element, family);
  const [source, destination] = [words.addresses(from, family), words.addresses(to, family)];
  if (source.length === 0 || destination.length === 0) return [];
  return [
    {
      family,
      ...(source !== ALL_ADDRESSES[family] && { source }),
      ...(destination !== ALL_ADDRESSES[family] && { destination }),
      ...match,
      ...(ports && { ports }),
      ...(types && { ports: types }),
    },
  ];
}

function icmpTypes(element: XmlElement, family: Family): Match['ports'] {
  const written = element.text('icmptype');
  if (written === '' || written === 'any') return undefined;
  if (element.text('protocol') !== 'icmp') element.one('icmptype')?.refuse('write it in a rule of <protocol>icmp</protocol> only');
  const types = written.split(',').map(name => icmpTypeOf(name, family) ?? element.one('icmptype')?.refuse('write a type of ICMP') ?? 0n);
  return setOf(types.map(type => ({ first: type, last: type })));
}
