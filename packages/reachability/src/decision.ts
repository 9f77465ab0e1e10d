import type { Match, Protocol, RuleChain } from './rule-chain';
import type { Family } from './space/address-text';
import { has } from './space/interval-set';

/** The first packet of a connection. */
export interface Packet {
  readonly family: Family;
  readonly protocol: Protocol;
  readonly source: bigint;
  readonly destination: bigint;
  /** Destination port; type of icmp; number of another protocol. */
  readonly port: bigint;
}

export interface Decision {
  readonly accepts: boolean;
  /** The rule that decides, or the chain of which none does. */
  readonly by: string;
}

/** What a chain does with one packet, rule after rule. */
export function decisionOn(chain: RuleChain, packet: Packet): Decision {
  const rule = chain.rules.find(({ match }) => matches(match, packet));
  if (rule) return { accepts: rule.action === 'accept', by: rule.name };
  return { accepts: chain.otherwise === 'accept', by: `${chain.name}, none of whose rules lets it through` };
}

export function matches(match: Match, { family, protocol, source, destination, port }: Packet): boolean {
  return (
    (match.family ?? family) === family &&
    (match.protocols?.includes(protocol) ?? true) &&
    (match.source === undefined || has(match.source, source)) &&
    (match.destination === undefined || has(match.destination, destination)) &&
    (match.ports === undefined || has(match.ports, port))
  );
}
