import { protocolNumber } from '../protocol-numbers';
import type { IntervalSet, Match, Protocol } from '../rule-chain';
import type { Family } from '../space/address-text';
import { setOf, single } from '../space/interval-set';

const WITH_PORTS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];
const OWN: Readonly<Record<string, Protocol>> = { 6: 'tcp', 17: 'udp', 132: 'sctp' };
/** Types of ICMP that have a name in rules, of those that open a connection. */
const TYPES: Readonly<Record<Family, Readonly<Record<string, bigint>>>> = {
  4: { 'echo-reply': 0n, pong: 0n, 'echo-request': 8n, ping: 8n, 'timestamp-request': 13n, 'timestamp-reply': 14n },
  6: {
    'echo-request': 128n,
    ping: 128n,
    'echo-reply': 129n,
    pong: 129n,
    'router-solicitation': 133n,
    'router-advertisement': 134n,
    'neighbour-solicitation': 135n,
    'neighbor-solicitation': 135n,
    'neighbour-advertisement': 136n,
    'neighbor-advertisement': 136n,
  },
};

/** The family of a protocol that has only one. */
export function familyOf(proto: string): Family | undefined {
  return proto === 'icmp' ? 4 : proto === 'icmpv6' || proto === 'ipv6-icmp' ? 6 : undefined;
}

/** The part of a match that `proto` and `dport` are; undefined when they are not known, or do not go together. */
export function protocolMatch(proto: string, dport: string): Pick<Match, 'protocols' | 'ports'> | undefined {
  if (proto === '') return dport === '' ? {} : undefined;
  const family = familyOf(proto);
  if (family) {
    const type = /^\d{1,3}$/.test(dport) ? BigInt(dport) : TYPES[family][dport];
    if (dport !== '' && (type === undefined || type > 255n || proto === 'ipv6-icmp')) return undefined;
    return { protocols: ['icmp'], ...(type !== undefined && { ports: single(type) }) };
  }
  const own = WITH_PORTS.find(protocol => protocol === proto) ?? OWN[proto];
  if (own) {
    const ports = dport === '' ? undefined : portList(dport);
    return dport !== '' && !ports ? undefined : { protocols: [own], ...(ports && { ports }) };
  }
  const number = /^\d{1,3}$/.test(proto) ? Number(proto) : protocolNumber(proto);
  if (dport !== '' || number === undefined || number > 255 || number === 1 || number === 58) return undefined;
  return { protocols: ['other'], ports: single(BigInt(number)) };
}

/** `22,80,8000:8010` */
export function portList(text: string): IntervalSet | undefined {
  const found = text.split(',').map(part => {
    const [, first = '', last = first] = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(part) ?? [];
    if (first === '' || Number(last) > 65_535 || Number(first) > Number(last)) return undefined;
    return { first: BigInt(first), last: BigInt(last) };
  });
  const known = found.filter(interval => interval !== undefined);
  return known.length === found.length ? setOf(known) : undefined;
}
