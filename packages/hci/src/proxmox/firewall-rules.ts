import { type Flow, type Port, pathOf } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** One rule as the provider takes it: every key is one word there too. */
export interface FirewallRule {
  readonly type: 'in' | 'out';
  readonly action: 'ACCEPT' | 'DROP';
  readonly proto?: string;
  readonly dport?: string;
  readonly source?: string;
  readonly dest?: string;
  readonly comment: string;
}

/** What is let through: a direction, the other end's prefixes, a port. */
export interface Opening {
  readonly type: 'in' | 'out';
  /** Prefixes of the other end. */
  readonly peers: readonly string[];
  /** The only IP address of this end that it concerns. @default - all of this end's */
  readonly own?: string;
  readonly port: Port;
  readonly comment: string;
}

/**
 * The rules of Proxmox VE for a set of openings, each once, in an order that does not depend on who declared them first.
 *
 * The Internet can be written as every address only. So what is open to it comes last, after a rule that drops what is ours.
 *
 * @param inside prefixes of the site
 */
export function firewallRules(openings: readonly Opening[], inside: readonly string[]): FirewallRule[] {
  const isInternet = ({ peers }: Opening) => peers.includes(EVERYTHING[4]) || peers.includes(EVERYTHING[6]);
  const open = openings.filter(isInternet);
  const ours = (['in', 'out'] as const).flatMap(type => {
    return open.some(opening => opening.type === type) ? closings(type, inside, open) : [];
  });
  return [...accepted(openings.filter(opening => !isInternet(opening))), ...ours, ...accepted(open)];
}

const EVERYTHING = { 4: '0.0.0.0/0', 6: '::/0' } as const;

/** What is ours is not the Internet. */
function closings(type: 'in' | 'out', inside: readonly string[], open: readonly Opening[]): FirewallRule[] {
  return ([4, 6] as const)
    .filter(family => open.some(({ peers }) => peers.includes(EVERYTHING[family])))
    .flatMap(family => chunks(inside.filter(prefix => prefix.includes(':') === (family === 6))))
    .map(list => ({ type, action: 'DROP', ...(type === 'in' ? { source: list } : { dest: list }), comment: 'ours, and not the Internet' }));
}

/**
 * The families are kept apart because a list of addresses must not mix them, and long lists are cut because an address
 * field has at most 512 characters. @see https://pve.proxmox.com/wiki/Firewall
 */
function accepted(openings: readonly Opening[]): FirewallRule[] {
  const rules = new Map<string, FirewallRule>();
  for (const { type, peers, own: end, port, comment } of openings) {
    for (const family of [4, 6] as const) {
      if (end !== undefined && end.includes(':') !== (family === 6)) continue;
      const own = [...new Set(peers.filter(prefix => prefix.includes(':') === (family === 6)))].sort();
      for (const list of chunks(own)) {
        const proto = port.protocol === 'icmp' && family === 6 ? 'ipv6-icmp' : port.protocol;
        const dport = port.protocol === 'icmp' ? undefined : port.from === port.to ? String(port.from) : `${port.from}:${port.to}`;
        const rule: FirewallRule = {
          type,
          action: 'ACCEPT',
          proto,
          ...(dport && { dport }),
          ...(type === 'in' ? { source: list } : { dest: list }),
          ...(end !== undefined && (type === 'in' ? { dest: end } : { source: end })),
          comment: literal(comment),
        };
        const key = [type, family, list, proto, dport, end].join(' ');
        if (!rules.has(key) || (rules.get(key) as FirewallRule).comment > rule.comment) rules.set(key, rule);
      }
    }
  }
  return [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
}

/** The openings of flows to and from `own`. */
export function openingsOf(ingress: readonly Flow[], egress: readonly Flow[]): Opening[] {
  const opening = (type: 'in' | 'out', peer: IConstruct, addresses: readonly string[], port: Port): Opening => {
    return { type, peers: addresses.map(prefix), port, comment: `${type === 'in' ? 'from' : 'to'} ${pathOf(peer)}` };
  };
  return [
    ...ingress.map(flow => opening('in', flow.from, flow.from.connections.endpoint.addresses(), flow.port)),
    ...egress.map(flow => opening('out', flow.to, flow.to.connections.endpoint.addresses(), flow.port)),
  ];
}

/** Text that Terraform does not read as a template. */
export function literal(text: string): string {
  return text.replaceAll(/[$%]\{/g, opening => opening[0] + opening);
}

/** A single address is written without its length, as Proxmox VE reads it back. */
function prefix(cidr: string): string {
  return cidr.replace(/^([\d.]+)\/32$|^([\da-f:]+)\/128$/, '$1$2');
}

function chunks(prefixes: readonly string[]): string[] {
  const lists: string[] = [];
  let at = '';
  for (const one of prefixes) {
    if (at && at.length + 1 + one.length > 512) {
      lists.push(at);
      at = one;
    } else at = at ? `${at},${one}` : one;
  }
  if (at) lists.push(at);
  return lists;
}
