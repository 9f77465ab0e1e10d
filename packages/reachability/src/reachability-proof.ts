import { type Finding, findingOf, type Output, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { comparisonOf } from './comparison';
import { declarationOf } from './declaration';
import { evidenceIn } from './evidence';
import { Network } from './network';
import { clusterProof } from './pods/cluster-proof';
import { reportPods } from './pods/report-pods';
import { findingsOf } from './proof-findings';
import { Reachability } from './reachability';
import { reportJson } from './report-json';
import { reportMarkdown } from './report-markdown';

/**
 * Proves, at each synthesis, that the rendered firewalls let through what the flows of the model declare, and nothing else. It reads the
 * files alone, not the constructs that wrote them, of gateways, of the firewalls of guests and hypervisors, and of network policies. It
 * writes `report/reachability.md` and `report/reachability.json`.
 *
 * It stops the synthesis with REACH_MISSING for a flow that some device drops, with REACH_EXCESS for a connection that no flow declares,
 * and with REACH_UNJUDGED for a rule whose effect is not known here.
 */
export class ReachabilityProof extends Construct {
  public static isReachabilityProof(x: unknown): x is ReachabilityProof {
    return typeof x === 'object' && x !== null && PROOF in x;
  }

  private last?: Reachability;

  /** @throws ID_TAKEN */
  constructor(scope: Construct, id: string) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, PROOF, { value: true });
    Site.of(this).onRendered(output => this.prove(output));
  }

  /** Who reaches whom, after the site has been rendered. */
  public get reachability(): Reachability | undefined {
    return this.last;
  }

  private prove(output: Output): Finding[] {
    try {
      const declaration = declarationOf(Site.of(this));
      const { routers, hostFirewalls, clusters } = evidenceIn(output, declaration.segments);
      const network = new Network(declaration.segments, routers, hostFirewalls);
      const reachability = Reachability.of(network);
      this.last = reachability;
      const proofs = clusters.map(cluster => clusterProof(cluster, declaration, network, reachability, pathOf(this)));
      const pods = reportPods(proofs, declaration.pods.ends, network);
      output.write(this, 'report/reachability.md', reportMarkdown(reachability) + pods);
      output.write(this, 'report/reachability.json', reportJson(reachability));
      const findings = findingsOf(network, comparisonOf(reachability, declaration), pathOf(this));
      return [...findings, ...proofs.flatMap(proof => proof.findings)];
    } catch (error) {
      return [findingOf(error)];
    }
  }
}

const PROOF = Symbol.for('@ashlar/reachability.ReachabilityProof');
