import type { SettingsTree } from '../settings-tree';
import type { VyosRule } from './vyos-rule';

const WITH_PORTS = /^(tcp|udp|tcp_udp|sctp|dccp|udplite)$/;

/** Ports exist in some protocols only. */
export const VYOS_PORT_PROTOCOL: VyosRule = {
  code: 'VYOS_PORT_PROTOCOL',
  incident: 'A rule for port 25 had lost its protocol in a merge; the commit was refused, and the fix that it was part of came a day late.',
  *check(config) {
    for (const [where, rule] of rulesOf(config)) {
      const ports =
        ['source', 'destination'].some(end => rule.has(end, 'port') || rule.has(end, 'group', 'port-group')) ||
        rule.has('translation', 'port');
      const protocol = rule.value('protocol');
      if (!ports || WITH_PORTS.test(protocol ?? '')) continue;
      const problem = protocol === undefined ? 'no protocol' : `the protocol ${protocol}, which has none`;
      yield { message: `${where} has a port and ${problem}`, fix: 'set protocol tcp, udp or tcp_udp' };
    }
  },
};

function rulesOf(config: SettingsTree): [where: string, rule: SettingsTree][] {
  const filters = ['ipv4', 'ipv6'].flatMap(family =>
    config
      .below('firewall', family, 'name')
      .flatMap(([set, content]) => content.below('rule').map(([n, rule]) => [`rule ${n} of ${set}`, rule] as const)),
  );
  const nat = ['source', 'destination'].flatMap(kind =>
    config.below('nat', kind, 'rule').map(([n, rule]) => [`${kind} NAT rule ${n}`, rule] as const),
  );
  return [...filters, ...nat].map(([where, rule]) => [where, rule]);
}
