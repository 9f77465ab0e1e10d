import type { PaperAddresses, PaperGateway, PaperRule } from '../../../packages/reachability/test/mutation/paper-gateway';

/** A gateway on paper as a ruleset of nftables. Written apart from the evaluator, and from the text that it reads. */
export function nftText(gateway: PaperGateway): string {
  const ports = (zone: string) => Object.keys(gateway.zones.find(z => z.name === zone)?.interfaces ?? {});
  const names = (zone: string) =>
    `{ ${ports(zone)
      .map(name => `"${name}"`)
      .join(', ')} }`;
  const used = gateway.sets.filter(set => set.bound && ports(set.from).length > 0 && ports(set.to).length > 0);
  const chains = used.map(set => `chain ${set.from}_${set.to} {\n${set.rules.flatMap(ruleText).join('\n')}\n${set.otherwise}\n}`);
  const jumps = used.map(set => `iifname ${names(set.from)} oifname ${names(set.to)} jump ${set.from}_${set.to}`);
  const within = gateway.zones
    .filter(zone => zone.intra === 'accept' && ports(zone.name).length > 0)
    .map(zone => `iifname ${names(zone.name)} oifname ${names(zone.name)} accept`);
  const forwards = gateway.forwards.map(f => `iifname "eth0" ip daddr 203.0.113.2 tcp dport ${f.port} dnat to ${f.target}:${f.targetPort}`);
  const hidden = gateway.masqueraded.map(prefix => `oifname "eth0" ip saddr ${prefix} masquerade`);
  return `table ip paper {
    ${chains.join('\n')}
    chain forward {
      type filter hook forward priority 0; policy drop;
      ${gateway.stateful ? 'ct state established,related accept' : ''}
      ${within.join('\n')}
      ${jumps.join('\n')}
    }
    chain prerouting {\ntype nat hook prerouting priority -100;\n${forwards.join('\n')}\n}
    chain postrouting {\ntype nat hook postrouting priority 100;\n${hidden.join('\n')}\n}
  }`;
}

function ruleText(rule: PaperRule): string[] {
  if (rule.disabled) return [];
  const protocols = {
    tcp: 'meta l4proto tcp',
    udp: 'meta l4proto udp',
    tcp_udp: 'meta l4proto { tcp, udp }',
    icmp: 'icmp type echo-request',
    all: '',
  };
  const ports = rule.ports ? `th dport { ${rule.ports.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(', ')} }` : '';
  return [
    [protocols[rule.protocol], addresses('saddr', rule.source), addresses('daddr', rule.destination), ports, rule.action]
      .filter(Boolean)
      .join(' '),
  ];
}

function addresses(side: string, set: PaperAddresses | undefined): string {
  return set === undefined ? '' : `ip ${side} ${set.negated ? '!= ' : ''}{ ${set.prefixes.join(', ')} }`;
}
