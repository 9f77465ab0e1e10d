import { createHash } from 'node:crypto';
import type { Port } from '@ashlar/core';
import type { RuleEnd } from './pfsense-aliases';
import { type FilterRule, trackersOf } from './pfsense-filter';
import type { ForwardRule, OutboundRule, PfSenseNat } from './pfsense-nat';
import type { XmlNode } from './xml';

export function filterXml(rules: readonly FilterRule[]): XmlNode {
  const trackers = trackersOf(rules);
  return {
    rule: rules.map(rule => ({
      tracker: trackers.get(rule),
      type: rule.type,
      interface: rule.on.id,
      ipprotocol: rule.family,
      protocol: rule.protocol,
      icmptype: rule.protocol === 'icmp' ? 'echoreq' : undefined,
      statetype: rule.type === 'pass' ? 'keep state' : undefined,
      disablereplyto: rule.replyByRoute,
      source: endXml(rule.source),
      destination: endXml(rule.destination, rule.port),
      log: rule.log,
      descr: rule.descr,
    })),
  };
}

/** Rules that pass what is forwarded are among those of the filter, not tied to the forward. */
export function natXml({ forwards, outbound }: PfSenseNat): XmlNode {
  return { rule: forwards.map(forwardXml), outbound: { mode: 'advanced', rule: outbound.map(outboundXml) } };
}

export function virtualIpsXml({ virtualIps }: PfSenseNat): XmlNode | undefined {
  if (virtualIps.length === 0) return undefined;
  const vip = virtualIps.map(({ on, address, prefixLength, descr }) => ({
    mode: 'ipalias',
    interface: on.id,
    uniqid: createHash('sha256').update(address).digest('hex').slice(0, 13),
    descr,
    type: 'single',
    subnet_bits: prefixLength,
    subnet: address,
  }));
  return { vip };
}

function forwardXml({ on, destination, port, target, targetPort, descr }: ForwardRule): XmlNode {
  return {
    interface: on.id,
    ipprotocol: 'inet',
    protocol: port.protocol,
    source: { any: true },
    destination: endXml(destination, port),
    target,
    'local-port': targetPort.from,
    natreflection: 'disable',
    descr,
    'associated-rule-id': true,
  };
}

/** An empty target is the address of the interface. Here, and only here, pfSense writes a range of ports with a colon. */
function outboundXml({ on, source, to, descr }: OutboundRule): XmlNode {
  return {
    interface: on.id,
    protocol: to?.port.protocol,
    source: { network: source },
    sourceport: true,
    destination: to ? { network: `${to.address}/32` } : { any: true },
    dstport: to ? portText(to.port, ':') : true,
    target: true,
    poolopts: true,
    descr,
  };
}

function endXml(end: RuleEnd, port?: Pick<Port, 'from' | 'to'>): XmlNode {
  return { ...addressXml(end), port: port && portText(port) };
}

function addressXml(end: RuleEnd): XmlNode {
  if (end.kind === 'any') return { any: true };
  if (end.kind === 'self') return { network: '(self)' };
  if (end.kind === 'interface') return { network: end.own ? `${end.interface.id}ip` : end.interface.id };
  return { address: end.address, not: end.not };
}

function portText({ from, to }: Pick<Port, 'from' | 'to'>, dash = '-'): string {
  return from === to ? String(from) : `${from}${dash}${to}`;
}
