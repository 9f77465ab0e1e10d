import * as fc from 'fast-check';
import type { Protocol } from '../../src/rule-chain';
import { isIn, type Packet, packets } from '../chains/packet';
import { alias, config, rule } from './config';

/** A rule on paper: what the file says, and what the interpreter below reads. */
export interface PaperRule {
  readonly type: 'pass' | 'block' | 'reject';
  readonly on: 'wan' | 'lan' | 'opt1' | 'INSIDE';
  readonly floating?: { readonly quick: boolean; readonly direction: 'in' | 'out' | 'any' };
  readonly family: 'inet' | 'inet6' | 'inet46';
  readonly protocol: 'any' | 'tcp' | 'udp' | 'tcp/udp' | 'icmp';
  readonly source: PaperEnd;
  readonly destination: PaperEnd;
  readonly port?: string;
  readonly disabled?: boolean;
}

export interface PaperEnd {
  readonly what: string;
  readonly not?: boolean;
}

/** Prefixes of each thing that an end may be; undefined in a family where pfSense leaves the rule out. */
const MEANING: Readonly<Record<string, readonly [readonly string[] | undefined, readonly string[] | undefined]>> = {
  any: [['0.0.0.0/0'], ['::/0']],
  lan: [['10.1.0.0/24'], ['2001:db8:0:1::/64']],
  lanip: [['10.1.0.1'], ['2001:db8:0:1::1']],
  opt1: [['10.2.0.0/24'], []],
  opt1ip: [['10.2.0.1'], undefined],
  '(self)': [
    ['10.1.0.1', '10.2.0.1', '203.0.113.2', '127.0.0.0/8'],
    ['2001:db8:0:1::1', '::1'],
  ],
  INSIDE: [['10.1.0.0/24', '10.2.0.0/24'], ['2001:db8:0:1::/64']],
  SERVERS: [['10.2.0.5', '10.9.0.0/16'], ['2001:db8:0:9::/64']],
  WEB: [['10.2.0.5'], []],
};
const ALIASES = ['SERVERS', 'WEB'];
const PORTS: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  '22': [[22, 22]],
  '8000-8010': [[8000, 8010]],
  MANY: [
    [80, 80],
    [443, 443],
    [8000, 8004],
  ],
};

export const ENDS = Object.keys(MEANING);
export const PORT_NAMES = Object.keys(PORTS);

const ADDRESSES = [
  '10.1.0.1',
  '10.1.0.5',
  '10.2.0.1',
  '10.2.0.5',
  '10.2.0.6',
  '10.9.0.1',
  '203.0.113.2',
  '198.51.100.7',
  '2001:db8:0:1::1',
  '2001:db8:0:1::5',
  '2001:db8:0:9::1',
  '2001:db8:0:7::1',
  '::1',
];
const NUMBERS = [22, 80, 8004, 8010, 9];

/** Packets of every part of the space that the vocabulary above tells apart. */
export const PACKETS: readonly Packet[] = packets(ADDRESSES, ADDRESSES, [
  ...NUMBERS.flatMap(port => (['tcp', 'udp'] as Protocol[]).map(protocol => [protocol, port] as const)),
  ['icmp', 8],
  ['other', 47],
]);

export function rendered(rules: readonly PaperRule[]): string {
  const end = ({ what, not }: PaperEnd, port = '') => {
    const name = what === 'any' ? '<any/>' : ALIASES.includes(what) ? `<address>${what}</address>` : `<network>${what}</network>`;
    return `${name}${not ? '<not/>' : ''}${port === '' ? '' : `<port>${port}</port>`}`;
  };
  return config({
    aliases:
      alias('WEB', 'host', '10.2.0.5') +
      alias('SERVERS', 'network', 'WEB 10.9.0.0/16 2001:db8:0:9::/64') +
      alias('MANY', 'port', '80 443 8000:8004'),
    more: '<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan opt1</members></ifgroupentry></ifgroups>',
    nat: '<outbound><mode>disabled</mode></outbound>',
    filter: rules
      .map(r =>
        rule({
          type: r.type,
          interface: r.on,
          ipprotocol: r.family,
          protocol: r.protocol,
          source: end(r.source),
          destination: end(r.destination, r.port),
          ...(r.floating && { floating: 'yes', direction: r.floating.direction, ...(r.floating.quick && { quick: 'yes' }) }),
          ...(r.disabled && { disabled: '' }),
        }),
      )
      .join('\n'),
  });
}

/** What pf does with a packet that arrives on one interface and leaves another: it is filtered at both. */
export function passes(rules: readonly PaperRule[], packet: Packet, arrives: string, leaves: string): boolean {
  if (isV4(packet) && [packet.source, packet.destination].some(address => isIn(address, '169.254.0.0/16'))) return false;
  return filtered(rules, packet, 'in', arrives, false) && filtered(rules, packet, 'out', leaves, true);
}

/** Rules are read from first to last; the last that matches has its way, unless one that is quick ends it. */
function filtered(rules: readonly PaperRule[], packet: Packet, direction: 'in' | 'out', on: string, start: boolean): boolean {
  let verdict = start;
  const stages: ((rule: PaperRule) => boolean)[] = [
    r => r.floating !== undefined,
    r => !r.floating && r.on === 'INSIDE',
    r => !r.floating && r.on !== 'INSIDE',
  ];
  for (const stage of stages) {
    for (const r of rules) {
      if (!stage(r) || r.disabled) continue;
      if ((r.floating?.direction ?? 'in') !== direction && r.floating?.direction !== 'any') continue;
      if (r.on !== on && !(r.on === 'INSIDE' && on !== 'wan')) continue;
      if (!isMeant(r, packet)) continue;
      verdict = r.type === 'pass';
      if (!r.floating || r.floating.quick) return verdict;
    }
  }
  return verdict;
}

function isMeant(r: PaperRule, packet: Packet): boolean {
  const column = isV4(packet) ? 0 : 1;
  if (r.family === (isV4(packet) ? 'inet6' : 'inet')) return false;
  for (const [end, address] of [
    [r.source, packet.source],
    [r.destination, packet.destination],
  ] as const) {
    const prefixes = MEANING[end.what]?.[column];
    if (!prefixes) return false;
    if (end.what !== 'any' && prefixes.some(prefix => isIn(address, prefix)) === (end.not ?? false)) return false;
  }
  if (r.protocol !== 'any' && !r.protocol.split('/').includes(packet.protocol)) return false;
  return r.port === undefined || (PORTS[r.port] ?? []).some(([from, to]) => from <= packet.port && packet.port <= to);
}

function isV4(packet: Packet): boolean {
  return !packet.source.includes(':');
}

const end = fc.record({ what: fc.constantFrom(...ENDS), not: fc.boolean() });

export const paperRules: fc.Arbitrary<readonly PaperRule[]> = fc.array(
  fc
    .record({
      type: fc.constantFrom('pass' as const, 'pass' as const, 'block' as const, 'reject' as const),
      on: fc.constantFrom('wan' as const, 'lan' as const, 'opt1' as const, 'INSIDE' as const),
      floating: fc.option(fc.record({ quick: fc.boolean(), direction: fc.constantFrom('in' as const, 'out' as const, 'any' as const) }), {
        nil: undefined,
      }),
      family: fc.constantFrom('inet' as const, 'inet6' as const, 'inet46' as const),
      protocol: fc.constantFrom('any' as const, 'tcp' as const, 'udp' as const, 'tcp/udp' as const, 'icmp' as const),
      source: end,
      destination: end,
      port: fc.option(fc.constantFrom(...PORT_NAMES), { nil: undefined }),
      disabled: fc.constantFrom(false, false, false, true),
    })
    .map(({ floating, port, ...r }) => ({
      ...r,
      ...(floating && { floating }),
      ...(port !== undefined && ['tcp', 'udp', 'tcp/udp'].includes(r.protocol) && { port }),
    })),
  { maxLength: 6 },
);
