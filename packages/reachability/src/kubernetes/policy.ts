import type { FilterRule, IntervalSet, Protocol } from '../rule-chain';
import type { Family } from '../space/address-text';
import type { Manifest } from './manifest';
import type { Pod } from './pod';

export type Direction = 'ingress' | 'egress';

/** Addresses outside the cluster, by family; undefined for all of them. */
export type Outside = Readonly<Record<Family, IntervalSet>> | undefined;

/** Ports that a rule is about. */
export interface PortSpec {
  readonly protocols: readonly Protocol[];
  /** Numbers, types of ICMP, or the name of a port of the destination's containers. @default - all */
  readonly ports?: IntervalSet | string;
  /** The family of a type of ICMP. */
  readonly family?: Family;
}

/** Pods as a selector asks for them. */
export interface SelectedPods {
  /** @default - any that the selector has */
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** Whom a policy lets through, or denies, on which ports. */
export interface PolicyRule {
  readonly action: FilterRule['action'];
  readonly name: string;
  /** Whether a pod at the other end is meant. */
  readonly pods: (pod: Pod) => boolean;
  /** The pods that it asks for by labels, one of each kind. */
  readonly named: readonly SelectedPods[];
  readonly outside: Outside;
  /** @default - every protocol and port */
  readonly ports?: readonly PortSpec[];
  /** Where it stands, to refuse it there. */
  readonly manifest: Manifest;
}

/** What a policy of any kind says about one direction of the pods that it selects. */
export interface Policy {
  readonly direction: Direction;
  readonly selects: (pod: Pod) => boolean;
  /** The fewest labels that it selects. */
  readonly selected: SelectedPods;
  /** What no rule lets through is dropped. */
  readonly isolates: boolean;
  readonly rules: readonly PolicyRule[];
}

/** No address at all. */
export const NOWHERE: Outside = { 4: [], 6: [] };
