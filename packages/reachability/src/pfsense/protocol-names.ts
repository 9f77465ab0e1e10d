import type { Match, Protocol } from '../rule-chain';
import type { Family } from '../space/address-text';
import { setOf } from '../space/interval-set';

/** Protocols with ports, by what `<protocol>` says. */
const WITH_PORTS: Readonly<Record<string, readonly Protocol[]>> = {
  tcp: ['tcp'],
  udp: ['udp'],
  'tcp/udp': ['tcp', 'udp'],
  sctp: ['sctp'],
};

/** Numbers of other protocols that `<protocol>` may say. @see https://www.iana.org/assignments/protocol-numbers */
const NUMBERS: Readonly<Record<string, number>> = {
  igmp: 2,
  ipencap: 4,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  ospf: 89,
  etherip: 97,
  pim: 103,
  carp: 112,
  vrrp: 112,
  l2tp: 115,
  pfsync: 240,
};

export function hasPorts(name: string): boolean {
  return name.toLowerCase() in WITH_PORTS;
}

/** The part of a match that a protocol is; undefined for a name that is unknown. */
export function protocolMatch(name: string, family: Family): Pick<Match, 'protocols' | 'ports'> | undefined {
  const text = name.toLowerCase();
  if (text === '' || text === 'any') return {};
  const ported = WITH_PORTS[text];
  if (ported) return { protocols: ported };
  if (text === 'icmp') return { protocols: ['icmp'] };
  if (text === 'icmp6' || text === 'ipv6-icmp') return family === 6 ? { protocols: ['icmp'] } : undefined;
  const number = NUMBERS[text];
  return number === undefined ? undefined : { protocols: ['other'], ports: setOf([{ first: BigInt(number), last: BigInt(number) }]) };
}
