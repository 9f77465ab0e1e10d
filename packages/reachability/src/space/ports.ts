import type { IntervalSet, Protocol } from '../rule-chain';

/** Every destination port, type or number that a packet of a protocol can have. */
export const ALL_PORTS: Readonly<Record<Protocol, IntervalSet>> = {
  tcp: [{ first: 0n, last: 65_535n }],
  udp: [{ first: 0n, last: 65_535n }],
  sctp: [{ first: 0n, last: 65_535n }],
  icmp: [{ first: 0n, last: 255n }],
  other: [{ first: 0n, last: 255n }],
};

/** `443` or `8000-8010` as a set; undefined when it is neither. */
export function parsePorts(text: string): IntervalSet | undefined {
  const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  if (from === undefined || Number(from) > Number(to) || Number(to) > 65_535) return undefined;
  return [{ first: BigInt(from), last: BigInt(to as string) }];
}
