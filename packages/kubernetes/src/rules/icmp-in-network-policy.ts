import { type Finding, findingAt, pathOf, type Rule, type Site } from '@ashlar/core';
import { NetworkPolicy } from '../network-policy';

/** A flow of echo requests begins or ends at pods, and a network policy knows only TCP, UDP and SCTP. */
export const icmpInNetworkPolicy: Rule = {
  code: 'ICMP_IN_NETWORK_POLICY',
  severity: 'error',
  incident:
    'A monitoring pod could not ping the gateway although the flow was declared: the policy had silently left it out, and the alert said that the gateway was down.',
  *check(site: Site): Iterable<Finding> {
    for (const { pods } of site.findAll().filter(NetworkPolicy.isNetworkPolicy)) {
      for (const flow of [...pods.connections.ingress, ...pods.connections.egress]) {
        if (flow.port.protocol !== 'icmp') continue;
        yield findingAt(
          pods,
          this,
          `the flow ${pathOf(flow.from)} → ${pathOf(flow.to)} is icmp, which a network policy cannot allow`,
          'check with a TCP port instead',
        );
      }
    }
  },
};
