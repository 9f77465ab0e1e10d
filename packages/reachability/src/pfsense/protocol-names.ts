import { protocolNumber } from '../protocol-numbers';
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
  const number = protocolNumber(text);
  // ICMP has names of its own here.
  return number === undefined || number === 58
    ? undefined
    : { protocols: ['other'], ports: setOf([{ first: BigInt(number), last: BigInt(number) }]) };
}
