import type { Finding } from '@ashlar/core';
import type { Declaration } from '../declaration';
import type { ClusterNetwork } from '../kubernetes/read-kubernetes';
import type { Network } from '../network';
import type { Reachability } from '../reachability';
import type { PodGroup, PodPolicies } from '../router';
import { insideOf } from './cluster-inside';
import { type PermittedPassage, podComparison } from './pod-comparison';
import { podFindings } from './pod-findings';
import { PodGroups } from './pod-groups';
import { podPassages } from './pod-passages';
import { wayOut } from './way-out';

/** The rendered policies of one cluster, and the addresses inside it. */
export interface ClusterEvidence {
  readonly policies: PodPolicies;
  readonly network: ClusterNetwork;
}

/** What one cluster lets through, against the flows of its pods. */
export interface ClusterProof {
  readonly cluster: string;
  readonly permitted: readonly PermittedPassage[];
  /** Pods on whom no policy decides: what they do among themselves is not judged. */
  readonly unjudged: readonly PodGroup[];
  readonly findings: readonly Finding[];
}

/**
 * @param proof path at which what concerns no construct is reported
 * @throws REACH_UNJUDGED
 */
export function clusterProof(
  { policies, network: addresses }: ClusterEvidence,
  { pods }: Declaration,
  network: Network,
  reachability: Reachability,
  proof: string,
): ClusterProof {
  const isHere = (group: PodGroup | undefined) => group?.cluster === policies.cluster;
  const declaration = {
    ends: pods.ends.filter(end => isHere(end.pods)),
    flows: pods.flows.filter(({ from, to }) => isHere(from.pods) || isHere(to.pods)),
  };
  const inside = insideOf(addresses, declaration.ends);
  const around = { policies, inside, network };
  const groups = new PodGroups(
    policies,
    declaration.ends.flatMap(end => end.pods ?? []),
  );
  const passages = wayOut(podPassages(policies, groups, inside), inside, network, reachability);
  const comparison = podComparison(passages, around, declaration);
  return {
    cluster: policies.cluster,
    permitted: comparison.permitted,
    unjudged: groups.others,
    findings: podFindings(comparison, around, declaration, proof),
  };
}
