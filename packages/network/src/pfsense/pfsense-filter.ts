import { createHash } from 'node:crypto';
import type { Port } from '@ashlar/core';
import { isForwarded, type Passage } from '../gateway/gateway-policy';
import type { Vlan } from '../segments/vlan';
import type { PfSense } from './pfsense';
import type { XmlElement } from './xml';

/** Name of the alias of all prefixes behind the gateway: what is not in it is the Internet. */
const SEGMENTS = 'SITE_SEGMENTS';

export function segmentsAlias({ segments }: PfSense): XmlElement {
  const cidrs = segments.flatMap(vlan => vlan.cidrs);
  const details = segments.flatMap(vlan => vlan.cidrs.map(() => vlan.name));
  return [
    'alias',
    [
      ['name', SEGMENTS],
      ['type', 'network'],
      ['address', cidrs.join(' ')],
      ['descr', 'All prefixes behind this gateway'],
      ['detail', details.join('||')],
    ],
  ];
}

/** Port forwards, and outbound NAT. */
export function translations(gateway: PfSense, allowed: readonly Passage[]): XmlElement[] {
  return [...forwards(allowed), outboundNat(gateway, allowed)];
}

/** What passes. pfSense drops what no rule matches. */
export function filterRules(gateway: PfSense, allowed: readonly Passage[]): XmlElement[] {
  const names = gateway.segments.flatMap(vlan => nameServiceRules(gateway, vlan));
  return [...names, ...allowed.flatMap(passage => filterRule(gateway, passage))];
}

/** IPv4 flows from the Internet: to a port of the WAN address, and on to the host. */
function forwards(allowed: readonly Passage[]): XmlElement[] {
  return allowed.filter(isForwarded).map(({ to, port, reason }): XmlElement => {
    const content: XmlElement[] = [
      ['interface', 'wan'],
      ['ipprotocol', 'inet'],
      ['protocol', port?.protocol],
      ['source', [['any']]],
      ['destination', [['network', 'wanip'], ...portOf(port)]],
      ['target', addressOf(to)],
      ['local-port', port?.from],
      ['descr', reason],
      ['associated-rule-id', 'pass'],
    ];
    return ['rule', content];
  });
}

/** Private IPv4 prefixes that something in them may leave from. */
function outboundNat(gateway: PfSense, allowed: readonly Passage[]): XmlElement {
  const leaving = new Set(
    allowed.filter(passage => passage.arrives && passage.to === undefined && passage.family === 4).map(passage => passage.arrives),
  );
  const rules = gateway.segments
    .filter(vlan => leaving.has(vlan))
    .map((vlan): XmlElement => {
      const content: XmlElement[] = [
        ['interface', 'wan'],
        ['source', [['network', vlan.ipv4?.cidr]]],
        ['sourceport'],
        ['destination', [['any']]],
        ['dstport'],
        ['target'],
        ['poolopts'],
        ['descr', `${vlan.name} to the Internet`],
      ];
      return ['rule', content];
    });
  return ['outbound', [['mode', 'advanced'], ...rules]];
}

/** The resolver of the gateway answers the segments that it is the gateway of. */
function nameServiceRules(gateway: PfSense, vlan: Vlan): XmlElement[] {
  const name = gateway.interfaceOf(vlan);
  const families = vlan.subnets.length === 2 ? 'inet46' : protocolOf(vlan.subnets[0]?.family ?? 4);
  return [
    rule(
      name,
      families,
      'tcp/udp',
      [['network', name]],
      [
        ['network', `${name}ip`],
        ['port', 53],
      ],
      `${vlan.name}: names`,
    ),
  ];
}

function filterRule(gateway: PfSense, passage: Passage): XmlElement[] {
  if (isForwarded(passage)) return [];
  const { arrives, family, from, port, reason } = passage;
  const source: XmlElement[] = from === undefined ? [['any']] : [['address', addressOf(from)]];
  const on = arrives ? gateway.interfaceOf(arrives) : 'wan';
  return [rule(on, protocolOf(family), port?.protocol, source, [...destinationOf(passage), ...portOf(port)], reason)];
}

/** From the Internet, only the gateway itself has an IPv4 address that a ping can be sent to. */
function destinationOf({ arrives, family, to }: Passage): XmlElement[] {
  if (to === undefined) return [['address', SEGMENTS], ['not']];
  return arrives || family === 6 ? [['address', addressOf(to)]] : [['network', 'wanip']];
}

function rule(
  on: string,
  family: string,
  protocol: string | undefined,
  source: XmlElement[],
  destination: XmlElement[],
  reason: string,
): XmlElement {
  const content: XmlElement[] = [
    ['type', 'pass'],
    ['interface', on],
    ['ipprotocol', family],
    ...(protocol ? ([['protocol', protocol]] as XmlElement[]) : []),
    ['source', source],
    ['destination', destination],
    ['descr', reason],
  ];
  return ['rule', [['tracker', tracker(content)], ...content]];
}

/** By this number the log names a rule; it stays the same as long as the rule does. */
function tracker(content: readonly XmlElement[]): number {
  return 1_000_000_000 + (createHash('sha256').update(JSON.stringify(content)).digest().readUInt32BE() % 1_000_000_000);
}

function portOf(port: Port | undefined): XmlElement[] {
  if (!port || port.protocol === 'icmp') return [];
  return [['port', port.from === port.to ? port.from : `${port.from}-${port.to}`]];
}

/** A prefix of one address is written as that address. */
function addressOf(prefix: string | undefined): string | undefined {
  return prefix?.replace(/(?<=\.\d+)\/32$|(?<=:.*)\/128$/, '');
}

function protocolOf(family: 4 | 6): string {
  return family === 4 ? 'inet' : 'inet6';
}
