import { type IntervalSet, type Match, PROTOCOLS, type Protocol } from '../rule-chain';
import { ALL_ADDRESSES, type Family, parseRange } from '../space/address-text';
import { intersect, setOf, subtract } from '../space/interval-set';
import { ALL_PORTS, parsePorts } from '../space/ports';
import type { FirewallGroups } from './firewall-groups';
import { icmpTypeNamed, protocolsNamed } from './protocols';
import type { Statement } from './statement';

/** Names of the statements that {@link criteriaOf} reads. */
export const CRITERIA = ['source', 'destination', 'protocol', 'icmp', 'icmpv6'] as const;

const EVERY_PORT = ALL_PORTS.tcp;

/**
 * The packets that a rule is about. A rule that means different ports for different protocols gives several matches, which have no
 * packet in common. It is empty when no packet can match.
 * @throws REACH_UNJUDGED
 */
export function criteriaOf(rule: Statement, family: Family, groups: FirewallGroups): readonly Match[] {
  const from = sideOf(rule.one('source'), family, groups);
  const to = sideOf(rule.one('destination'), family, groups);
  if (from.ports) rule.one('source')?.one('port')?.refuse('match the port of the destination');
  const protocols = protocolsOf(rule, family);
  const base = { family, ...(from.addresses && { source: from.addresses }), ...(to.addresses && { destination: to.addresses }) };
  const types = icmpTypesOf(rule, family);
  if (types) {
    if (protocols?.size !== 1 || !protocols.has('icmp')) rule.refuse(`write protocol ${family === 4 ? 'icmp' : 'ipv6-icmp'} in it`);
    return [{ ...base, protocols: ['icmp'], ports: types }];
  }
  if (to.ports) {
    if (!protocols || [...protocols.keys()].some(p => p !== 'tcp' && p !== 'udp' && p !== 'sctp')) {
      rule.refuse('write protocol tcp, udp or tcp_udp in it: only they have ports');
    }
    return to.ports.length === 0 ? [] : [{ ...base, protocols: [...protocols.keys()], ports: to.ports }];
  }
  if (!protocols) return [base];
  const whole = [...protocols].filter(([protocol, numbers]) => protocol !== 'other' || numbers === ALL_PORTS.other).map(([p]) => p);
  const others = protocols.get('other');
  return [
    ...(whole.length > 0 ? [{ ...base, protocols: whole }] : []),
    ...(others && others !== ALL_PORTS.other && others.length > 0 ? [{ ...base, protocols: ['other'] as const, ports: others }] : []),
  ];
}

/** One side of a rule; what is undefined it does not look at. Everything that it says must hold. */
function sideOf(
  side: Statement | undefined,
  family: Family,
  groups: FirewallGroups,
): { readonly addresses?: IntervalSet; readonly ports?: IntervalSet } {
  if (!side) return {};
  side.knows(['address', 'group', 'port']);
  const universe = ALL_ADDRESSES[family];
  const addresses: IntervalSet[] = [];
  const ports: IntervalSet[] = [];
  const address = side.one('address');
  if (address) addresses.push(addressesIn(address, family));
  for (const reference of side.one('group')?.children ?? []) {
    const isPorts = reference.name === 'port-group';
    const { set, negated } = groups.of(reference, family, isPorts ? EVERY_PORT : universe);
    (isPorts ? ports : addresses).push(negated ? subtract(isPorts ? EVERY_PORT : universe, set) : set);
  }
  const port = side.one('port');
  if (port) ports.push(portsIn(port));
  return {
    ...(addresses.length > 0 && { addresses: addresses.reduce(intersect) }),
    ...(ports.length > 0 && { ports: ports.reduce(intersect) }),
  };
}

function addressesIn(leaf: Statement, family: Family): IntervalSet {
  const text = leaf.value ?? '';
  const range = parseRange(text.replace(/^!/, ''));
  if (range?.family !== family) return leaf.refuse(`write an IPv${family} address, range or prefix`);
  return text.startsWith('!') ? subtract(ALL_ADDRESSES[family], [range.interval]) : [range.interval];
}

/** `80,443,8000-8010,!8005`: those that stand there without `!`, or else all, less those with it. */
function portsIn(leaf: Statement): IntervalSet {
  const read = (text: string) => parsePorts(text) ?? leaf.refuse('write ports as numbers and ranges, like 80,443,8000-8010');
  const parts = (leaf.value ?? '').split(',');
  const wanted = parts.filter(part => !part.startsWith('!')).flatMap(read);
  const unwanted = parts.filter(part => part.startsWith('!')).flatMap(part => read(part.slice(1)));
  return subtract(wanted.length > 0 ? setOf(wanted) : EVERY_PORT, setOf(unwanted));
}

/** Undefined for all; numbers are those of `other`. */
function protocolsOf(rule: Statement, family: Family): ReadonlyMap<Protocol, IntervalSet> | undefined {
  const leaf = rule.one('protocol');
  if (!leaf || leaf.value === 'all') return undefined;
  const negated = leaf.value?.startsWith('!') ?? false;
  const named = protocolsNamed(leaf.value?.replace(/^!/, '') ?? '', family) ?? leaf.refuse('name a protocol of /etc/protocols');
  const numbers = setOf(named.flatMap(({ number }) => (number === undefined ? [] : [{ first: number, last: number }])));
  if (!negated) return new Map(named.map(({ protocol }) => [protocol, protocol === 'other' ? numbers : ALL_PORTS[protocol]]));
  const rest = PROTOCOLS.filter(protocol => protocol === 'other' || !named.some(n => n.protocol === protocol));
  return new Map(rest.map(p => [p, p === 'other' && numbers.length > 0 ? subtract(ALL_PORTS.other, numbers) : ALL_PORTS[p]]));
}

function icmpTypesOf(rule: Statement, family: Family): IntervalSet | undefined {
  rule.one(family === 4 ? 'icmpv6' : 'icmp')?.refuse('match the types of this family');
  const icmp = rule.one(family === 4 ? 'icmp' : 'icmpv6');
  if (!icmp) return undefined;
  icmp.knows(['type', 'type-name']);
  const leaf = icmp.one('type-name') ?? icmp.one('type') ?? icmp.refuse('name the type');
  const type = icmpTypeNamed(leaf.value ?? '', family) ?? leaf.refuse('name a type of ICMP');
  return [{ first: type, last: type }];
}
