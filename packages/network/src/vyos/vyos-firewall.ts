import { type Port, pathOf, Site } from '@ashlar/core';
import type { GatewayPlan, Passage } from '../gateway/gateway-plan';
import type { AddressGroup, Side } from '../gateway/side';
import { rangeOf } from '../segments/subnet';
import { Vlan } from '../segments/vlan';
import { Zone } from '../segments/zone';
import { RuleNumbers } from './rule-numbers';
import type { VyOs } from './vyos';
import { type Tagged, tagged, type VyosNode } from './vyos-config';

/** All prefixes of the site: what is not among them is the Internet. */
const SITE = 'SITE';

/** IPv6 does not work without neighbor discovery, and no state goes with it. @see RFC 4890 section 4.4.1 */
const NEIGHBOR_DISCOVERY = ['nd-neighbor-solicit', 'nd-neighbor-advert', 'nd-router-solicit', 'nd-router-advert'];

/**
 * Zone firewall: a rule set for each pair of zones between which something passes. Answers pass, packets of no connection do not, and
 * what is dropped is logged.
 * @see https://docs.vyos.io/en/latest/configuration/firewall/zone.html
 */
export function firewallOf(gateway: VyOs, plan: GatewayPlan, passages: readonly Passage[]): VyosNode {
  const sets = ruleSets(gateway, plan, passages);
  return {
    'global-options': {
      'all-ping': 'enable',
      'broadcast-ping': 'disable',
      'ip-src-route': 'disable',
      'ipv6-src-route': 'disable',
      'receive-redirects': 'disable',
      'ipv6-receive-redirects': 'disable',
      'send-redirects': 'disable',
      'log-martians': 'enable',
      'syn-cookies': 'enable',
      'source-validation': plan.exits.size > 0 ? 'loose' : 'strict',
      'state-policy': {
        established: { action: 'accept' },
        related: { action: 'accept' },
        invalid: { action: 'drop', log: true },
      },
    },
    group: groups(gateway, plan, passages),
    ipv4: { name: namesOf(sets, 4) },
    ipv6: { name: namesOf(sets, 6) },
    zone: zones(gateway, plan, sets),
  };
}

interface RuleSet {
  readonly from: string;
  readonly to: string;
  readonly family: 4 | 6;
  readonly rules: Tagged | undefined;
}

function ruleSets(gateway: VyOs, plan: GatewayPlan, passages: readonly Passage[]): RuleSet[] {
  const pairs = new Map<string, { from: string; to: string; family: 4 | 6; passages: Passage[] }>();
  const pair = (from: string, to: string, family: 4 | 6) => {
    const key = `${from}\0${to}\0${family}`;
    const found = pairs.get(key) ?? { from, to, family, passages: [] };
    pairs.set(key, found);
    return found;
  };
  for (const passage of passages) pair(zoneOf(passage.arrives), zoneOf(passage.leaves), passage.family).passages.push(passage);
  for (const side of plan.sides.filter(hasIpv6)) {
    pair(zoneOf(side), plan.local.name, 6);
    pair(plan.local.name, zoneOf(side), 6);
  }
  return [...pairs.values()].map(({ from, to, family, passages: own }) => {
    const local = from === plan.local.name || to === plan.local.name;
    const discovery = NEIGHBOR_DISCOVERY.map((type, i): [number, VyosNode] => {
      return [i + 1, { action: 'accept', protocol: 'ipv6-icmp', icmpv6: { 'type-name': type }, description: 'neighbor discovery' }];
    });
    const numbers = new RuleNumbers(gateway, `${from}.${to} IPv${family}`);
    const rules = own.map((passage): [number, VyosNode] => [numbers.of(passage), ruleOf(passage)]);
    return { from, to, family, rules: tagged([...(local && family === 6 ? discovery : []), ...rules]) };
  });
}

function namesOf(sets: readonly RuleSet[], family: 4 | 6): Tagged | undefined {
  return tagged(
    sets
      .filter(set => set.family === family)
      .map(({ from, to, rules }): [string, VyosNode] => [`${from}.${to}`, { 'default-action': 'drop', 'default-log': true, rule: rules }]),
  );
}

function ruleOf(passage: Passage): VyosNode {
  const { family, arrives, from, port, reason } = passage;
  return {
    action: 'accept',
    description: reason.slice(0, 255),
    ...protocolOf(port, family),
    source: arrives.kind === 'local' ? undefined : addressesOf(from),
    destination: destinationOf(passage),
  };
}

function destinationOf({ leaves, to, port }: Passage): VyosNode | undefined {
  const content: VyosNode = { ...(leaves.kind === 'local' ? {} : addressesOf(to)), port: portOf(port) };
  return Object.values(content).some(part => part !== undefined) ? content : undefined;
}

function protocolOf(port: Port, family: 4 | 6): VyosNode {
  if (port.protocol !== 'icmp') return { protocol: port.protocol };
  return family === 4
    ? { protocol: 'icmp', icmp: { 'type-name': 'echo-request' } }
    : { protocol: 'ipv6-icmp', icmpv6: { 'type-name': 'echo-request' } };
}

export function portOf(port: Port): string | undefined {
  if (port.protocol === 'icmp') return undefined;
  return port.from === port.to ? String(port.from) : `${port.from}-${port.to}`;
}

/** The Internet is what is not the site. */
function addressesOf(group: AddressGroup | undefined): VyosNode {
  if (group === undefined) return { group: { 'network-group': `!${SITE}` } };
  const [only, ...others] = group.prefixes;
  if (others.length > 0) return { group: { 'network-group': group.name } };
  return { address: only?.replace(/(?<=\.\d+)\/32$|(?<=:.*)\/128$/, '') };
}

function groups(gateway: VyOs, plan: GatewayPlan, passages: readonly Passage[]): VyosNode {
  const used = (family: 4 | 6) => {
    const own = passages.filter(p => p.family === family).flatMap(p => [p.from, p.to]);
    const lists = own.filter(group => group !== undefined && group.prefixes.length > 1) as AddressGroup[];
    const site = sitePrefixes(gateway, plan).filter(prefix => rangeOf(prefix).family === family);
    const named = new Map(lists.map(group => [group.name, group.prefixes]));
    return tagged(
      [...(site.length > 0 ? [[SITE, site] as const] : []), ...named].map(([name, network]): [string, VyosNode] => [name, { network }]),
    );
  };
  return { 'network-group': used(4), 'ipv6-network-group': used(6) };
}

/** Segments, and what lies behind tunnels and neighbors. */
function sitePrefixes(gateway: VyOs, plan: GatewayPlan): string[] {
  const all = Site.of(gateway).findAll();
  const vlans = all.filter(Vlan.isVlan).sort((a, b) => a.tag - b.tag);
  const prefixes = [...vlans.flatMap(vlan => vlan.cidrs), ...plan.sides.flatMap(side => side.prefixes)];
  return withoutContained([...new Set(prefixes)]);
}

/** A network group takes no prefix that lies in another of it. */
function withoutContained(prefixes: readonly string[]): string[] {
  const ranges = prefixes.map(rangeOf);
  return prefixes.filter((_, i) => {
    const own = ranges[i] as ReturnType<typeof rangeOf>;
    return !ranges.some((other, j) => j !== i && other.family === own.family && other.first <= own.first && own.last <= other.last);
  });
}

function zones(gateway: VyOs, plan: GatewayPlan, sets: readonly RuleSet[]): Tagged | undefined {
  const named = new Map<string, Side[]>();
  for (const side of plan.sides) named.set(zoneOf(side), [...(named.get(zoneOf(side)) ?? []), side]);
  const from = (zone: string) => {
    const incoming = new Map<string, { name?: string; 'ipv6-name'?: string }>();
    for (const set of sets.filter(s => s.to === zone && s.from !== zone)) {
      incoming.set(set.from, { ...incoming.get(set.from), [set.family === 4 ? 'name' : 'ipv6-name']: `${set.from}.${set.to}` });
    }
    return tagged([...incoming].map(([name, firewall]): [string, VyosNode] => [name, { firewall }]));
  };
  const outer = [...named].map(([name, sides]): [string, VyosNode] => {
    const zone = sides[0]?.vlan && Zone.find(sides[0].vlan);
    return [
      name,
      {
        'default-action': 'drop',
        'default-log': true,
        description: zone ? pathOf(zone) : (sides[0]?.vlan && pathOf(sides[0].vlan)) || undefined,
        interface: sides.map(side => gateway.ports.interfaceOf(side)),
        ...(sides.some(side => side.kind === 'tunnel') && { 'intra-zone-filtering': within(sets, name) }),
        from: from(name),
      },
    ];
  });
  const own: VyosNode = { 'default-action': 'drop', 'default-log': true, 'local-zone': true, from: from(plan.local.name) };
  return tagged([...outer, [plan.local.name, own]]);
}

/** The peers of a tunnel reach each other by a flow, like everybody else. */
function within(sets: readonly RuleSet[], zone: string): VyosNode {
  const own = sets.filter(set => set.from === zone && set.to === zone);
  if (own.length === 0) return { action: 'drop' };
  return { firewall: Object.fromEntries(own.map(set => [set.family === 4 ? 'name' : 'ipv6-name', `${zone}.${zone}`])) };
}

/** A segment in no zone is one of its own. */
function zoneOf(side: Side): string {
  return (side.vlan && Zone.find(side.vlan)?.node.id) ?? side.name;
}

function hasIpv6({ prefixes }: Side): boolean {
  return prefixes.some(prefix => prefix.includes(':'));
}
