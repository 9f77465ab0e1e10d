import type { Protocol } from '../rule-chain';
import { single } from '../space/interval-set';
import type { Manifest } from './manifest';
import type { PortSpec } from './policy';

const ANY: readonly Protocol[] = ['tcp', 'udp', 'sctp'];
const PROTOCOLS: Readonly<Record<string, readonly Protocol[]>> = { '': ANY, ANY, TCP: ['tcp'], UDP: ['udp'], SCTP: ['sctp'] };
const ICMP_FAMILIES: Readonly<Record<string, 4 | 6>> = { '': 4, IPv4: 4, IPv6: 6 };
const ICMP_TYPES: Readonly<Record<4 | 6, Readonly<Record<string, bigint>>>> = {
  4: { EchoReply: 0n, EchoRequest: 8n, TimestampRequest: 13n, TimestampReply: 14n },
  6: { EchoRequest: 128n, EchoReply: 129n },
};

/** Ports of a rule of Cilium, and whether something looks into the connections besides. */
export interface CiliumPorts {
  readonly ports: readonly PortSpec[];
  readonly isRestricted: boolean;
}

/**
 * What `toPorts` or `icmps` of a rule say; undefined when it has neither.
 * @see https://docs.cilium.io/en/stable/security/policy/language/#layer-4-examples
 * @throws REACH_UNJUDGED
 */
export function readCiliumPorts(rule: Manifest): CiliumPorts | undefined {
  const [entries, icmps] = [rule.parts('toPorts'), rule.parts('icmps')];
  if (entries.length > 0 && icmps.length > 0) rule.refuse('icmps', 'write a rule of its own for ICMP');
  const types = icmps.flatMap(entry => entry.knows('fields').parts('fields').map(icmpType));
  if (types.length > 0) return { ports: types, isRestricted: false };
  if (entries.length === 0) return undefined;
  const ports = entries.flatMap(entry => {
    const list = entry.knows('ports rules serverNames terminatingTLS originatingTLS').parts('ports');
    return list.length > 0 ? list.map(port => readPort(port)) : entry.refuse('ports', 'write the ports');
  });
  const isRestricted = entries.some(entry => ['rules', 'serverNames'].some(name => entry.has(name)));
  return { ports, isRestricted };
}

function readPort(port: Manifest): PortSpec {
  port.knows('port endPort protocol');
  const protocols = PROTOCOLS[port.text('protocol')] ?? port.refuse('protocol', 'write TCP, UDP, SCTP or ANY');
  const [from, to] = [port.text('port'), port.text('endPort')];
  if (from === '') port.refuse('port', 'write a port, or "0" for all');
  if (!/^\d+$/.test(from)) return to === '' ? { protocols, ports: from } : port.refuse('endPort', 'write a number as port');
  const [first, last] = [BigInt(from), BigInt(to === '' || to === '0' ? from : to)];
  if (first === 0n && last === 0n) return { protocols };
  return first <= last && last <= 65_535n
    ? { protocols, ports: [{ first, last }] }
    : port.refuse('port', 'write ports up to 65535, the lower one first');
}

function icmpType(field: Manifest): PortSpec {
  const family = ICMP_FAMILIES[field.knows('family type').text('family')] ?? field.refuse('family', 'write IPv4 or IPv6');
  const written = field.text('type');
  const type = /^\d{1,3}$/.test(written) ? BigInt(written) : ICMP_TYPES[family][written];
  return type !== undefined && type <= 255n
    ? { protocols: ['icmp'], family, ports: single(type) }
    : field.refuse('type', 'write its number');
}
