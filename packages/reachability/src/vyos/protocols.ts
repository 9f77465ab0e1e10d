import { protocolNumber } from '../protocol-numbers';
import type { Protocol } from '../rule-chain';
import type { Family } from '../space/address-text';

/** A protocol as rules tell it apart; one of `other` by its number. */
export interface NamedProtocol {
  readonly protocol: Protocol;
  readonly number?: bigint;
}

/** Types of ICMP by name. @see https://www.iana.org/assignments/icmp-parameters */
const TYPES: Readonly<Record<Family, Readonly<Record<string, number>>>> = {
  4: {
    'echo-reply': 0,
    'destination-unreachable': 3,
    'source-quench': 4,
    redirect: 5,
    'echo-request': 8,
    'router-advertisement': 9,
    'router-solicitation': 10,
    'time-exceeded': 11,
    'parameter-problem': 12,
    'timestamp-request': 13,
    'timestamp-reply': 14,
    'info-request': 15,
    'info-reply': 16,
    'address-mask-request': 17,
    'address-mask-reply': 18,
  },
  6: {
    'destination-unreachable': 1,
    'packet-too-big': 2,
    'time-exceeded': 3,
    'parameter-problem': 4,
    'echo-request': 128,
    'echo-reply': 129,
    'mld-listener-query': 130,
    'mld-listener-report': 131,
    'mld-listener-reduction': 132,
    'nd-router-solicit': 133,
    'nd-router-advert': 134,
    'nd-neighbor-solicit': 135,
    'nd-neighbor-advert': 136,
    'nd-redirect': 137,
    'router-renumbering': 138,
    'ind-neighbor-solicit': 141,
    'ind-neighbor-advert': 142,
    'mld2-listener-report': 143,
  },
};

/** The protocols that a name or number means in a family; undefined when it is unknown. */
export function protocolsNamed(name: string, family: Family): readonly NamedProtocol[] | undefined {
  if (name === 'tcp_udp') return [{ protocol: 'tcp' }, { protocol: 'udp' }];
  const number = /^\d{1,3}$/.test(name) ? Number(name) : protocolNumber(name);
  if (number === undefined || number > 255) return undefined;
  const own: Readonly<Record<number, Protocol>> = { 6: 'tcp', 17: 'udp', 132: 'sctp', [family === 4 ? 1 : 58]: 'icmp' };
  const protocol = own[number];
  return [protocol ? { protocol } : { protocol: 'other', number: BigInt(number) }];
}

export function icmpTypeNamed(name: string, family: Family): bigint | undefined {
  const type = /^\d{1,3}$/.test(name) ? Number(name) : TYPES[family][name];
  return type === undefined || type > 255 ? undefined : BigInt(type);
}
