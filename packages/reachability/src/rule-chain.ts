/** Numbers from `first` to `last`, both included. */
export interface Interval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Sorted, disjoint and never adjacent: one set has one form. */
export type IntervalSet = readonly Interval[];

/** What a filter tells apart; `other` is every protocol that none of the others is. */
export type Protocol = 'tcp' | 'udp' | 'sctp' | 'icmp' | 'other';

export const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp', 'icmp', 'other'];

/** Packets that a rule is about; what is undefined it does not look at. */
export interface Match {
  readonly family?: 4 | 6;
  readonly source?: IntervalSet;
  readonly destination?: IntervalSet;
  readonly protocols?: readonly Protocol[];
  /** Destination ports of tcp, udp and sctp; types of icmp (0–255); protocol numbers of `other` (0–255). */
  readonly ports?: IntervalSet;
}

export interface FilterRule {
  readonly match: Match;
  readonly action: 'accept' | 'drop';
  /** Where it stands, for people: file and rule as its device names it. */
  readonly name: string;
}

/** The first rule that matches the first packet of a connection decides; answers pass. */
export interface RuleChain {
  readonly name: string;
  readonly rules: readonly FilterRule[];
  readonly otherwise: 'accept' | 'drop';
}
