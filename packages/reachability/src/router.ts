import type { Exposure } from './kubernetes/exposures';
import type { Interval, IntervalSet, Match, RuleChain } from './rule-chain';

/** An interface with its own addresses, and the prefixes that lie behind it without another router. */
export interface RouterInterface {
  /** As the device names it. */
  readonly name: string;
  readonly addresses: readonly { readonly family: 4 | 6; readonly address: bigint; readonly prefix: Interval }[];
  /** Addresses that its tunnel takes packets from, and to, by family; undefined for all. */
  readonly peers?: Readonly<Record<4 | 6, IntervalSet>>;
}

export interface Route {
  readonly family: 4 | 6;
  readonly destination: Interval;
  /** Next router, or the interface into which it leads. */
  readonly nextHop?: bigint;
  readonly interface?: string;
  /** Discarded instead. */
  readonly blackhole?: boolean;
}

/** Destination NAT: a packet that matches is sent on to another address and, when they differ, another port. */
export interface PortForward {
  /** Interface on which it arrives; undefined for any. */
  readonly arrives?: string;
  readonly match: Match;
  readonly target: bigint;
  /** First port of the target's range; the range is as long as the one that matched. @default - the same ports */
  readonly targetPort?: number;
  readonly name: string;
}

/** Source NAT: a packet that matches leaves with another source address. */
export interface Masquerade {
  readonly leaves: string;
  readonly match: Match;
  /** It leaves with its own source address after all, whatever later ones say. */
  readonly exempt?: boolean;
  readonly name: string;
}

/** Traffic that another table than the main one routes. The first that matches decides; what its table does not know, the main one does. */
export interface Diversion {
  readonly arrives: string;
  /** Addresses and ports are those before destination NAT. */
  readonly match: Match;
  readonly routes: readonly Route[];
  readonly name: string;
}

/** What a gateway's rendered configuration says it does, whoever made the gateway. */
export interface Router {
  /** The file that says so. */
  readonly file: string;
  readonly name: string;
  readonly interfaces: readonly RouterInterface[];
  readonly routes: readonly Route[];
  readonly forwards: readonly PortForward[];
  readonly masquerades: readonly Masquerade[];
  /** @default - none, the main table routes everything */
  readonly diversions?: readonly Diversion[];
  /** UDP ports on which tunnels of its own arrive. @default - none */
  readonly tunnelPorts?: readonly number[];
  /** Decides on new connections from one of its interfaces to another; ports and addresses are those after destination NAT. */
  forward(arrives: string, leaves: string): RuleChain;
  /** Decides on new connections to the router itself. */
  local(arrives: string): RuleChain;
}

/** The firewall of one guest or machine, at its own network port. */
export interface HostFirewall {
  readonly file: string;
  readonly name: string;
  /** Addresses that it guards. */
  readonly addresses: IntervalSet;
  readonly family: 4 | 6;
  readonly incoming: RuleChain;
  readonly outgoing: RuleChain;
  /** Of a hypervisor: the network that it lets manage it, whatever its rules say. @default - it is none */
  readonly managedFrom?: IntervalSet;
}

/** Pods as the model names them; which of them a policy means follows from their labels. */
export interface PodGroup {
  /** Name of the cluster, the folder of its manifests. */
  readonly cluster: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What both ends of a connection between pods say to it. */
export interface PodEnds {
  readonly egress: RuleChain;
  readonly ingress: RuleChain;
}

/** The network policies of one cluster, of every kind that its network plugin enforces. */
export interface PodPolicies {
  readonly cluster: string;
  /** What the policies of each end say. */
  ends(from: PodGroup, to: PodGroup): PodEnds;
  /** New connections from one group of pods to another that both ends' policies let through. */
  between(from: PodGroup, to: PodGroup): RuleChain;
  /** To addresses outside the cluster. */
  leaving(from: PodGroup): RuleChain;
  /** From addresses outside the cluster. */
  entering(to: PodGroup): RuleChain;
  /** Namespaces that its manifests make. */
  readonly namespaces: readonly string[];
  /** Pods that its policies select or let through, one group of each kind, and the others of each namespace. */
  readonly named: readonly PodGroup[];
  /** Pods that an Ingress leads to. */
  readonly exposures: readonly Exposure[];
  /** Whether pods may have a token for the API of their cluster. */
  hasToken(group: PodGroup): boolean;
}
