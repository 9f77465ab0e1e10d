import * as fc from 'fast-check';
import type { Protocol } from '../../src/rule-chain';
import { familyOf, isIn, type Packet, packets } from '../chains/packet';
import { rule, workspace } from './workspace-text';

/** A rule on paper: what the file says, and what the interpreter below reads. */
export interface PaperRule {
  readonly type: 'in' | 'out';
  readonly action: 'ACCEPT' | 'DROP' | 'REJECT';
  readonly proto: '' | 'tcp' | 'udp' | 'icmp' | 'ipv6-icmp' | '47';
  readonly dport?: string;
  readonly peer?: string;
  readonly macro?: 'DNS' | 'Ping';
  readonly enabled?: boolean;
  readonly iface?: string;
}

/** The firewall of one guest on paper. */
export interface Paper {
  readonly rules: readonly PaperRule[];
  /** A security group, and the place of the rule that names it. */
  readonly group?: { readonly rules: readonly PaperRule[]; readonly at: number };
  readonly input: 'ACCEPT' | 'DROP';
  readonly output: 'ACCEPT' | 'DROP';
  readonly dhcp: boolean;
}

/** What each address of a rule means: prefixes and ranges; those with a `!` are taken out again. */
const MEANING: Readonly<Record<string, readonly string[]>> = {
  '10.1.0.0/24': ['10.1.0.0/24'],
  '10.1.0.5,10.3.0.0/16': ['10.1.0.5', '10.3.0.0/16'],
  '10.1.0.4-10.1.0.8': ['10.1.0.4-10.1.0.8'],
  lan: ['10.1.0.0/24'],
  '2001:db8:0:1::/64': ['2001:db8:0:1::/64'],
  '+mixed': ['10.3.0.0/16', '2001:db8:0:1::5', '10.1.0.0/24', '!10.1.0.5'],
};
export const PEERS = Object.keys(MEANING);
export const PORTS = ['22', '8000:8010', '53,443'];

const FOUR = ['10.1.0.5', '10.1.0.6', '10.1.0.9', '10.3.0.9', '198.51.100.7'];
const SIX = ['2001:db8:0:1::5', '2001:db8:0:1::6', '2001:db8:0:9::1'];
const SERVICES: readonly (readonly [Protocol, number])[] = [
  ...[22, 53, 443, 8005, 67, 68, 546, 547, 9].flatMap(port => (['tcp', 'udp'] as Protocol[]).map(protocol => [protocol, port] as const)),
  ...[8, 128, 133, 134, 135, 13].map(type => ['icmp', type] as const),
  ['other', 47],
  ['other', 50],
];

/** Packets to the guest, and from it, of every part of the space that the vocabulary above tells apart. */
export const PACKETS: Readonly<Record<'in' | 'out', readonly Packet[]>> = {
  in: [...packets(FOUR, ['10.2.0.5'], SERVICES), ...packets(SIX, ['2001:db8:0:2::5'], SERVICES)],
  out: [...packets(['10.2.0.5'], FOUR, SERVICES), ...packets(['2001:db8:0:2::5'], SIX, SERVICES)],
};

export function rendered(paper: Paper): string {
  const values = ({ peer, macro, ...r }: PaperRule) =>
    rule({
      ...r,
      proto: r.proto || null,
      ...(peer && { [r.type === 'in' ? 'source' : 'dest']: peer }),
      ...(macro && { macro, proto: null, dport: null }),
    });
  const rules = paper.rules.map(values);
  if (paper.group) rules.splice(paper.group.at, 0, { security_group: 'group' });
  return workspace({
    rules,
    options: { input_policy: paper.input, output_policy: paper.output, dhcp: paper.dhcp },
    more: {
      proxmox_virtual_environment_firewall_alias: { lan: { name: 'lan', cidr: '10.1.0.0/24' } },
      proxmox_virtual_environment_firewall_ipset: {
        mixed: {
          name: 'mixed',
          cidr: [{ name: '10.3.0.0/16' }, { name: '2001:db8:0:1::5' }, { name: 'lan' }, { name: '10.1.0.5', nomatch: true }],
        },
      },
      proxmox_virtual_environment_cluster_firewall_security_group: {
        group: { name: 'group', rule: (paper.group?.rules ?? []).map(values) },
      },
    },
  });
}

/** What the firewall does with one packet: options, then rule after rule, then the policy. */
export function passes(paper: Paper, packet: Packet, direction: 'in' | 'out'): boolean {
  const six = familyOf(packet) === 6;
  const isOut = direction === 'out';
  if (
    paper.dhcp &&
    packet.protocol === 'udp' &&
    packet.port ===
      [
        [68, 546],
        [67, 547],
      ][isOut ? 1 : 0]?.[six ? 1 : 0]
  )
    return true;
  const all = [...paper.rules];
  if (paper.group) all.splice(paper.group.at, 0, ...paper.group.rules);
  for (const r of all) {
    if (r.enabled !== false && r.type === direction && (r.iface ?? 'net0') === 'net0' && isMeant(r, packet)) return r.action === 'ACCEPT';
  }
  return (isOut ? paper.output : paper.input) === 'ACCEPT';
}

function isMeant(r: PaperRule, packet: Packet): boolean {
  const six = familyOf(packet) === 6;
  const peer = r.type === 'in' ? packet.source : packet.destination;
  if (r.peer) {
    const among = MEANING[r.peer] ?? [];
    if (among.some(entry => entry.startsWith('!') && isIn(peer, entry.slice(1)))) return false;
    if (!among.some(entry => !entry.startsWith('!') && isIn(peer, entry))) return false;
  }
  if (r.macro === 'DNS') return (packet.protocol === 'tcp' || packet.protocol === 'udp') && packet.port === 53;
  if (r.macro === 'Ping') return packet.protocol === 'icmp' && packet.port === (six ? 128 : 8);
  switch (r.proto) {
    case '':
      return true;
    case 'icmp':
    case 'ipv6-icmp':
      return packet.protocol === 'icmp' && six === (r.proto === 'ipv6-icmp');
    case '47':
      return packet.protocol === 'other' && packet.port === 47;
    default: {
      if (packet.protocol !== r.proto) return false;
      if (!r.dport) return true;
      return r.dport.split(',').some(part => {
        const [from = '', to = from] = part.split(':');
        return Number(from) <= packet.port && packet.port <= Number(to);
      });
    }
  }
}

const paperRule: fc.Arbitrary<PaperRule> = fc
  .record({
    type: fc.constantFrom('in' as const, 'out' as const),
    action: fc.constantFrom('ACCEPT' as const, 'ACCEPT' as const, 'DROP' as const, 'REJECT' as const),
    proto: fc.constantFrom(
      '' as const,
      'tcp' as const,
      'tcp' as const,
      'udp' as const,
      'icmp' as const,
      'ipv6-icmp' as const,
      '47' as const,
    ),
    dport: fc.option(fc.constantFrom(...PORTS), { nil: undefined }),
    peer: fc.option(fc.constantFrom(...PEERS), { nil: undefined }),
    macro: fc.constantFrom(undefined, undefined, undefined, undefined, 'DNS' as const, 'Ping' as const),
    enabled: fc.constantFrom(undefined, true, false),
    iface: fc.constantFrom(undefined, undefined, 'net0', 'net1'),
  })
  .map(({ dport, ...r }) => ({ ...r, ...(dport && (r.proto === 'tcp' || r.proto === 'udp') && { dport }) })) as fc.Arbitrary<PaperRule>;

const policy = fc.constantFrom('DROP' as const, 'DROP' as const, 'ACCEPT' as const);

export const papers: fc.Arbitrary<Paper> = fc
  .record({
    rules: fc.array(paperRule, { minLength: 1, maxLength: 5 }),
    group: fc.option(
      fc.array(
        paperRule.map(({ iface, ...r }) => r),
        { maxLength: 2 },
      ),
      { nil: undefined },
    ),
    at: fc.nat(5),
    input: policy,
    output: policy,
    dhcp: fc.boolean(),
  })
  .map(({ group, at, ...paper }) => ({
    ...paper,
    ...(group && { group: { rules: group, at: Math.min(at, paper.rules.length) } }),
  })) as fc.Arbitrary<Paper>;
