/**
 * A gateway on paper: what a generator writes as VyOS text, and what an interpreter decides packet by packet. Neither knows the package
 * under test: addresses are plain numbers here, and rules are looked at one after the other.
 */
export interface PaperRule {
  readonly action: 'accept' | 'drop';
  readonly protocol: 'tcp' | 'udp' | 'tcp_udp' | 'icmp' | 'all';
  /** Prefixes; several are written as a group. `negated` means all others. */
  readonly source?: PaperAddresses;
  readonly destination?: PaperAddresses;
  /** Ranges of ports, of tcp and udp. */
  readonly ports?: readonly (readonly [from: number, to: number])[];
  readonly disabled?: boolean;
}

export interface PaperAddresses {
  readonly prefixes: readonly string[];
  readonly negated?: boolean;
}

export interface PaperZone {
  readonly name: string;
  /** Prefixes by interface. */
  readonly interfaces: Readonly<Record<string, string>>;
  readonly intra: 'accept' | 'drop';
}

export interface PaperSet {
  readonly from: string;
  readonly to: string;
  readonly rules: readonly PaperRule[];
  readonly otherwise: 'accept' | 'drop';
  /** Whether the zone names it. */
  readonly bound: boolean;
}

export interface PaperForward {
  readonly port: number;
  readonly target: string;
  readonly targetPort: number;
}

export interface PaperGateway {
  readonly zones: readonly PaperZone[];
  readonly sets: readonly PaperSet[];
  readonly forwards: readonly PaperForward[];
  /** Prefixes that leave under the gateway's own address. */
  readonly masqueraded: readonly string[];
  /** Whether it lets answers pass. */
  readonly stateful: boolean;
  /** Whether it has a default route. */
  readonly online: boolean;
}

export const UPLINK = 'wan';

export function configText({ zones, sets, forwards, masqueraded, stateful, online }: PaperGateway): string {
  const groups: string[] = [];
  const group = (name: string, prefixes: readonly string[]) => {
    groups.push(`network-group ${name} {\n${prefixes.map(prefix => `network "${prefix}"`).join('\n')}\n}`);
    return `group {\nnetwork-group "${name}"\n}`;
  };
  const side = (name: string, set: PaperAddresses | undefined, ports: PaperRule['ports'], key: string) => {
    const bang = set?.negated ? '!' : '';
    const addresses =
      set === undefined
        ? ''
        : set.prefixes.length === 1
          ? `address "${bang}${set.prefixes[0]}"`
          : group(key, set.prefixes).replace(`"${key}"`, `"${bang}${key}"`);
    const port = ports ? `port "${ports.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(',')}"` : '';
    return addresses || port ? `${name} {\n${addresses}\n${port}\n}` : '';
  };
  const ruleText = (set: PaperSet, rule: PaperRule, i: number) => {
    const key = `G-${set.from}-${set.to}-${i}`;
    return `rule ${(i + 1) * 10} {
      action "${rule.action}"
      ${rule.protocol === 'all' ? '' : `protocol "${rule.protocol}"`}
      ${rule.protocol === 'icmp' ? 'icmp {\ntype-name "echo-request"\n}' : ''}
      ${rule.disabled ? 'disable' : ''}
      ${side('source', rule.source, undefined, `${key}-from`)}
      ${side('destination', rule.destination, rule.ports, `${key}-to`)}
    }`;
  };
  const names = sets.map(set => {
    const rules = set.rules.map((rule, i) => ruleText(set, rule, i)).join('\n');
    return `name ${set.from}-${set.to} {\ndefault-action "${set.otherwise}"\n${rules}\n}`;
  });
  const zoneText = (zone: PaperZone) => {
    const from = sets.filter(set => set.to === zone.name && set.bound);
    return `zone ${zone.name} {
      default-action "drop"
      ${zone.intra === 'drop' ? 'intra-zone-filtering {\naction "drop"\n}' : ''}
      ${Object.keys(zone.interfaces)
        .map(name => `interface "${name}"`)
        .join('\n')}
      ${from.map(set => `from ${set.from} {\nfirewall {\nname "${set.from}-${set.to}"\n}\n}`).join('\n')}
    }`;
  };
  const vifs = zones.flatMap(zone => Object.entries(zone.interfaces)).filter(([name]) => name !== 'eth0');
  return `interfaces {
    ethernet eth0 {\naddress "203.0.113.2/24"\n}
    ethernet eth1 {
      ${vifs.map(([name, cidr]) => `vif ${name.split('.')[1]} {\naddress "${firstHost(cidr)}"\n}`).join('\n')}
    }
  }
  firewall {
    ${stateful ? 'global-options {\nstate-policy {\nestablished {\naction "accept"\n}\n}\n}' : ''}
    ipv4 {\n${names.join('\n')}\n}
    ${zones.map(zoneText).join('\n')}
    zone local {\ndefault-action "drop"\nlocal-zone\n}
    group {\n${groups.join('\n')}\n}
  }
  nat {
    destination {
      ${forwards.map(forwardText).join('\n')}
    }
    source {
      ${masqueraded.map((prefix, i) => `rule ${i + 1} {\noutbound-interface {\nname "eth0"\n}\nsource {\naddress "${prefix}"\n}\ntranslation {\naddress "masquerade"\n}\n}`).join('\n')}
    }
  }
  ${online ? 'protocols {\nstatic {\nroute 0.0.0.0/0 {\nnext-hop 203.0.113.1 {\n}\n}\n}\n}' : ''}
  `;
}

function forwardText({ port, target, targetPort }: PaperForward, i: number): string {
  return `rule ${i + 1} {
    inbound-interface {\nname "eth0"\n}
    protocol "tcp"
    destination {\naddress "203.0.113.2"\nport "${port}"\n}
    translation {\naddress "${target}"\nport "${targetPort}"\n}
  }`;
}

function firstHost(cidr: string): string {
  return cidr.replace(/0\/(\d+)$/, '1/$1');
}

/** Whether a packet arrives, and whether an answer comes back. */
export interface Fate {
  readonly sent: boolean;
  readonly answered: boolean;
}

export interface PaperPacket {
  readonly source: number;
  readonly destination: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'gre';
  readonly port: number;
}

const NOWHERE: Fate = { sent: false, answered: false };

export function fateOf(gateway: PaperGateway, packet: PaperPacket): Fate {
  const from = placeOf(gateway, packet.source);
  const to = placeOf(gateway, packet.destination);
  if ((from.internet || to.internet) && !gateway.online) return NOWHERE;
  if (from.interface === to.interface) return { sent: true, answered: true };
  if (from.zone !== to.zone && !gateway.stateful) return NOWHERE;
  if (from.internet && isPrivate(packet.destination)) {
    const forward = gateway.forwards.find(f => {
      return packet.protocol === 'tcp' && addressOf(f.target) === packet.destination && f.targetPort === packet.port;
    });
    if (!forward || gateway.forwards.find(f => f.port === forward.port) !== forward) return NOWHERE;
  }
  if (!passes(gateway, from.zone, to.zone, packet)) return NOWHERE;
  const hidden = gateway.masqueraded.some(prefix => within(prefix, packet.source));
  return { sent: true, answered: !to.internet || hidden || !isPrivate(packet.source) };
}

function passes(gateway: PaperGateway, from: string, to: string, packet: PaperPacket): boolean {
  if (from === to) return gateway.zones.find(zone => zone.name === to)?.intra === 'accept';
  const set = gateway.sets.find(s => s.from === from && s.to === to);
  if (!set?.bound) return false;
  for (const rule of set.rules) {
    if (rule.disabled || !applies(rule, packet)) continue;
    return rule.action === 'accept';
  }
  return set.otherwise === 'accept';
}

function applies({ protocol, source, destination, ports }: PaperRule, packet: PaperPacket): boolean {
  if (protocol === 'tcp_udp' ? packet.protocol !== 'tcp' && packet.protocol !== 'udp' : protocol !== 'all' && protocol !== packet.protocol)
    return false;
  if (!isIn(source, packet.source) || !isIn(destination, packet.destination)) return false;
  return ports === undefined || ports.some(([from, to]) => from <= packet.port && packet.port <= to);
}

function isIn(set: PaperAddresses | undefined, address: number): boolean {
  if (set === undefined) return true;
  return set.prefixes.some(prefix => within(prefix, address)) !== (set.negated ?? false);
}

function placeOf({ zones }: PaperGateway, address: number): { zone: string; interface: string; internet: boolean } {
  for (const zone of zones) {
    for (const [name, cidr] of Object.entries(zone.interfaces)) {
      if (within(cidr, address)) return { zone: zone.name, interface: name, internet: false };
    }
  }
  const outer = zones.find(zone => 'eth0' in zone.interfaces);
  return { zone: outer?.name ?? '', interface: 'eth0', internet: true };
}

function isPrivate(address: number): boolean {
  return within('10.0.0.0/8', address);
}

export function addressOf(text: string): number {
  return text.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

const BOUNDS = new Map<string, readonly [first: number, last: number]>();

export function boundsOf(prefix: string): readonly [first: number, last: number] {
  const known = BOUNDS.get(prefix) ?? parsed(prefix);
  BOUNDS.set(prefix, known);
  return known;
}

function parsed(prefix: string): readonly [first: number, last: number] {
  const [ip, length = '32'] = prefix.split('/') as [string, string?];
  const size = 2 ** (32 - Number(length));
  const first = Math.floor(addressOf(ip) / size) * size;
  return [first, first + size - 1];
}

function within(prefix: string, address: number): boolean {
  const [first, last] = boundsOf(prefix);
  return first <= address && address <= last;
}
