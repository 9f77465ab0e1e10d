import { createHash } from 'node:crypto';
import { type Port, pathOf } from '@ashlar/core';
import type { GatewayPlan, Passage } from '../gateway/gateway-plan';
import { Zone } from '../segments/zone';
import type { PfSense } from './pfsense';
import type { PfSenseAliases, RuleEnd } from './pfsense-aliases';
import type { PfSenseInterface } from './pfsense-interfaces';
import type { PfSenseNat } from './pfsense-nat';

/** A rule for new connections that arrive on an interface; the first one that matches decides. */
export interface FilterRule {
  readonly type: 'pass' | 'block';
  readonly on: PfSenseInterface;
  readonly family: 'inet' | 'inet6' | 'inet46';
  /** Undefined for all. */
  readonly protocol?: 'tcp' | 'udp' | 'tcp/udp' | 'sctp' | 'icmp';
  readonly source: RuleEnd;
  readonly destination: RuleEnd;
  readonly port?: Pick<Port, 'from' | 'to'>;
  readonly log?: true;
  /** Answers go back by the routing table, not to the gateway of the uplink: whoever asks is on its segment. */
  readonly replyByRoute?: true;
  readonly descr: string;
}

/** A label of pf has up to 63 characters, and pfSense puts a word of its own in front. */
const LONGEST = 52;

/**
 * What passes, interface by interface. First what is for the gateway itself, then a rule that drops the rest to any of its addresses:
 * a rule to the network of an interface would pass it, and a rule to the Internet may. Last, a rule that drops and logs everything.
 * pfSense drops it anyway; whether it logs that depends on a setting that is not among the parts written here.
 * @see https://docs.netgate.com/pfsense/en/latest/firewall/rule-methodology.html
 */
export function filterRules(
  gateway: PfSense,
  plan: GatewayPlan,
  passages: readonly Passage[],
  nat: PfSenseNat,
  aliases: PfSenseAliases,
): FilterRule[] {
  const rulesOf = (own: boolean) =>
    passages.filter(({ leaves }) => (leaves.kind === 'local') === own).flatMap(passage => passRule(gateway, passage, aliases));
  const toItself = byInterface(gateway, rulesOf(true));
  const through = byInterface(gateway, [...rulesOf(false), ...hairpinRules(nat), ...zoneRules(gateway, plan, aliases)]);
  return gateway.interfaces.all.flatMap(on => {
    const others = through.get(on) ?? [];
    const guard = others.length > 0 ? [dropRule(on, { kind: 'self' }, 'What no flow allows to the gateway itself')] : [];
    return [...(toItself.get(on) ?? []), ...guard, ...others, dropRule(on, { kind: 'any' }, 'What no flow allows')];
  });
}

/** By this number the log names a rule; it follows from what the rule says, so that it stays as long as the rule does. */
export function trackersOf(rules: readonly FilterRule[]): ReadonlyMap<FilterRule, number> {
  const taken = new Set<number>();
  return new Map(
    rules.map(rule => {
      const { descr, ...content } = rule;
      let tracker = 1_000_000_000 + (createHash('sha256').update(textOf(content)).digest().readUInt32BE() % 3_000_000_000);
      while (taken.has(tracker)) tracker++;
      taken.add(tracker);
      return [rule, tracker];
    }),
  );
}

/** What comes from the gateway itself leaves without a rule. */
function passRule(gateway: PfSense, passage: Passage, aliases: PfSenseAliases): FilterRule[] {
  const { arrives, from, family, port, reason } = passage;
  const on = gateway.interfaces.ofSide(arrives);
  if (!on) return [];
  return [
    {
      type: 'pass',
      on,
      family: family === 4 ? 'inet' : 'inet6',
      protocol: port.protocol,
      source: aliases.source(passage),
      destination: aliases.destination(passage),
      ...(port.protocol !== 'icmp' && { port: { from: port.from, to: port.to } }),
      ...(arrives.kind === 'uplink' && from && { replyByRoute: true }),
      descr: shortened(reason),
    },
  ];
}

/** Segments of one zone trust each other. */
function zoneRules(gateway: PfSense, plan: GatewayPlan, aliases: PfSenseAliases): FilterRule[] {
  const pairs = plan.sides.flatMap(from => plan.sides.filter(to => to !== from && plan.sameZone(from, to)).map(to => ({ from, to })));
  return pairs.flatMap(({ from, to }) => {
    const on = gateway.interfaces.ofSide(from);
    const zone = from.vlan && Zone.find(from.vlan);
    const families = ([4, 6] as const).filter(family =>
      [from, to].every(side => side.prefixes.some(prefix => prefix.includes(':') === (family === 6))),
    );
    if (!on || !zone) return [];
    return families.map((family): FilterRule => {
      const ends = { source: aliases.side(from, family), destination: aliases.side(to, family) };
      return { type: 'pass', on, family: family === 4 ? 'inet' : 'inet6', ...ends, descr: shortened(`zone ${pathOf(zone)}`) };
    });
  });
}

/** Who asks a neighbor by the public address gets there by way of the gateway. */
function hairpinRules({ outbound }: PfSenseNat): FilterRule[] {
  return outbound.flatMap(({ on, to, descr }): FilterRule[] => {
    if (!to) return [];
    const { from, to: last, protocol } = to.port;
    const ends = { source: { kind: 'interface', interface: on }, destination: { kind: 'address', address: to.address } } as const;
    return [{ type: 'pass', on, family: 'inet', protocol, ...ends, port: { from, to: last }, descr: shortened(descr) }];
  });
}

function dropRule(on: PfSenseInterface, destination: RuleEnd, descr: string): FilterRule {
  return { type: 'block', on, family: 'inet46', source: { kind: 'any' }, destination, log: true, descr };
}

function byInterface(gateway: PfSense, rules: readonly FilterRule[]): ReadonlyMap<PfSenseInterface, readonly FilterRule[]> {
  const found = new Map(gateway.interfaces.all.map((on): [PfSenseInterface, FilterRule[]] => [on, []]));
  for (const rule of mergedProtocols(rules)) found.get(rule.on)?.push(rule);
  return found;
}

/** What differs in TCP and UDP alone is one rule of both. */
function mergedProtocols(rules: readonly FilterRule[]): FilterRule[] {
  const found = new Map<string, FilterRule>();
  for (const rule of rules) {
    const both = rule.protocol === 'tcp' || rule.protocol === 'udp';
    const protocol = both ? 'tcp/udp' : rule.protocol;
    const key = textOf({ ...rule, protocol });
    const known = found.get(key);
    found.set(key, known && both ? { ...known, protocol } : rule);
  }
  return [...found.values()];
}

/** What it says, with interfaces by their ids. */
function textOf(rule: Omit<FilterRule, 'descr'>): string {
  return JSON.stringify(rule, (key, value) => (key === 'on' || key === 'interface' ? value.id : value));
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}
