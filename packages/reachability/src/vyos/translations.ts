import type { Masquerade, PortForward } from '../router';
import type { Match } from '../rule-chain';
import { parseAddress } from '../space/address-text';
import { sameSet } from '../space/interval-set';
import { parsePorts } from '../space/ports';
import { CRITERIA, criteriaOf } from './criteria';
import { FirewallGroups } from './firewall-groups';
import type { Statement } from './statement';

/** A range that leads to one port becomes that many forwards; more than these are written otherwise. */
const MOST_PORTS = 256;

/** `nat destination`. @see https://docs.vyos.io/en/latest/configuration/nat/nat44.html */
export function forwardsOf(file: string, root: Statement): PortForward[] {
  const groups = new FirewallGroups(root);
  return rulesOf(root, 'destination').flatMap(rule => {
    rule.knows(['inbound-interface', 'translation', 'disable', 'exclude', ...CRITERIA], ['description', 'log']);
    rule.one('exclude')?.refuse('leave what is excluded out of the rule that translates');
    const arrives = interfaceOf(rule, 'inbound-interface');
    const name = `${file}: nat destination rule ${rule.value}`;
    const translation = rule.one('translation') ?? rule.refuse('say where it leads');
    translation.knows(['address', 'port']);
    const leaf = translation.one('address') ?? translation.refuse('name the address that it leads to');
    const target = parseAddress(leaf.value ?? '');
    if (target?.family !== 4) return leaf.refuse('write a single IPv4 address');
    const base = { ...(arrives !== undefined && { arrives }), target: target.address, name };
    return criteriaOf(rule, 4, groups).flatMap(match => mapped(match, translation).map(part => ({ ...base, ...part })));
  });
}

/** The port that each matched one leads to: its own when the ranges are the same, or else a single one. */
function mapped(match: Match, translation: Statement): { readonly match: Match; readonly targetPort?: number }[] {
  const leaf = translation.one('port');
  if (!leaf) return [{ match }];
  const target = parsePorts(leaf.value ?? '') ?? leaf.refuse('write a port from 1 to 65535');
  const ports = match.ports ?? leaf.refuse('match a port of the destination');
  if (sameSet(ports, target)) return [{ match }];
  const [{ first, last } = leaf.refuse()] = target;
  // Without an offset, which VyOS cannot give, netfilter takes the first free port of the range for every port that comes.
  if (first !== last) return leaf.refuse('write one rule for each port: a range that leads to another range leads to its first port');
  const single = ports.flatMap(range => {
    if (range.last - range.first >= MOST_PORTS) leaf.refuse('lead to the same ports');
    return Array.from({ length: Number(range.last - range.first) + 1 }, (_, i) => range.first + BigInt(i));
  });
  return single.map(port => ({ match: { ...match, ports: [{ first: port, last: port }] }, targetPort: Number(first) }));
}

/** `nat source`. */
export function masqueradesOf(file: string, root: Statement): Masquerade[] {
  const groups = new FirewallGroups(root);
  return rulesOf(root, 'source').flatMap(rule => {
    rule.knows(['outbound-interface', 'translation', 'disable', 'exclude', ...CRITERIA], ['description', 'log']);
    const leaves = interfaceOf(rule, 'outbound-interface') ?? rule.refuse('name the outbound-interface');
    const exempt = rule.has('exclude');
    if (!exempt) {
      const translation = rule.one('translation') ?? rule.refuse('say what the source becomes');
      translation.knows(['address'], ['port', 'options']);
      if (!translation.has('address')) translation.refuse('write address masquerade');
    }
    const name = `${file}: nat source rule ${rule.value}`;
    return criteriaOf(rule, 4, groups).map(match => ({ leaves, match, ...(exempt && { exempt }), name }));
  });
}

function rulesOf(root: Statement, direction: string): Statement[] {
  const rules = root.below('nat', direction, 'rule').filter(rule => !rule.has('disable'));
  return [...rules].sort((a, b) => Number(a.value) - Number(b.value));
}

function interfaceOf(rule: Statement, leaf: string): string | undefined {
  const block = rule.one(leaf);
  if (!block) return undefined;
  block.knows(['name']);
  const name = block.one('name') ?? block.refuse('name it');
  if (name.value === 'any') return undefined;
  return name.value && !/[!*]/.test(name.value) ? name.value : name.refuse('name one interface');
}
