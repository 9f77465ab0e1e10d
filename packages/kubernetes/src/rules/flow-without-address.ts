import { type Finding, findingAt, type IConnectable, pathOf, type Rule, type Site } from '@ashlar/core';
import { NetworkPolicy, seesByLabel } from '../network-policy';

/** A peer outside the cluster has no address by which a network policy could name it. */
export const flowWithoutAddress: Rule = {
  code: 'FLOW_WITHOUT_ADDRESS',
  severity: 'error',
  incident:
    'A flow to a peer whose address list was empty became a rule with an empty list of peers, which Kubernetes reads as everybody: the database was open to the whole network.',
  *check(site: Site): Iterable<Finding> {
    for (const policy of site.findAll().filter(NetworkPolicy.isNetworkPolicy)) {
      const { pods } = policy;
      const peers = new Set<IConnectable>([
        ...pods.connections.ingress.map(flow => flow.from),
        ...pods.connections.egress.map(flow => flow.to),
      ]);
      for (const peer of peers) {
        if (seesByLabel(pods, peer) || peer.connections.endpoint.addresses().length > 0) continue;
        yield findingAt(
          peer,
          this,
          `has no address by which the network policy of ${pathOf(pods)} could let it through`,
          'give it an address, or remove the flow between the two',
        );
      }
    }
  },
};
