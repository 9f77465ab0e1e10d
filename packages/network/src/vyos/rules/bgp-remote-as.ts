import type { VyosRule } from './vyos-rule';

/** BGP knows the autonomous system of itself and of every neighbor. */
export const VYOS_BGP_REMOTE_AS: VyosRule = {
  code: 'VYOS_BGP_REMOTE_AS',
  incident:
    'The neighbors of a new rack were typed in without an AS number; the daemon dropped the whole section, sessions of other racks included.',
  *check(config) {
    if (!config.has('protocols', 'bgp')) return;
    if (config.value('protocols', 'bgp', 'system-as') === undefined) {
      yield { message: 'BGP has no autonomous system of its own', fix: 'set protocols bgp system-as: the asn of the gateway' };
    }
    for (const [ip, neighbor] of config.below('protocols', 'bgp', 'neighbor')) {
      const group = neighbor.value('peer-group');
      const known = neighbor.has('remote-as') || (group !== undefined && config.has('protocols', 'bgp', 'peer-group', group, 'remote-as'));
      if (!known) yield { message: `BGP neighbor ${ip} has no remote-as`, fix: 'set it, there or in its peer group' };
    }
  },
};
