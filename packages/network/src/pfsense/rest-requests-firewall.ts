import type { Port } from '@ashlar/core';
import type { RuleEnd } from './pfsense-aliases';
import type { FilterRule } from './pfsense-filter';
import type { ForwardRule, OutboundRule } from './pfsense-nat';
import type { PfSenseSettings } from './pfsense-settings';
import type { RestRequest } from './rest-requests';

/** Virtual addresses, aliases, NAT and the filter. */
export function firewallRequests({ aliases, nat, rules }: PfSenseSettings): RestRequest[] {
  const request = (method: RestRequest['method'], endpoint: string, body: object = {}) => ({
    method,
    endpoint: `/api/v2/firewall/${endpoint}`,
    body,
  });
  const virtualIps = nat.virtualIps.map(({ on, address, prefixLength, descr }) => {
    return request('POST', 'virtual_ip', {
      mode: 'ipalias',
      interface: on.descr,
      type: 'single',
      subnet: address,
      subnet_bits: prefixLength,
      descr,
    });
  });
  return [
    ...(virtualIps.length > 0 ? [...virtualIps, request('POST', 'virtual_ip/apply')] : []),
    request(
      'PUT',
      'aliases',
      aliases.map(({ name, group, type, entries }) => {
        return { name, type, descr: group, address: entries.map(entry => entry.address), detail: entries.map(entry => entry.detail) };
      }),
    ),
    request('PATCH', 'nat/outbound/mode', { mode: 'advanced' }),
    request('PUT', 'nat/outbound/mappings', nat.outbound.filter(({ to }) => isKnown(to?.port.protocol)).map(outboundOf)),
    request('PUT', 'nat/port_forwards', nat.forwards.filter(({ port }) => isKnown(port.protocol)).map(forwardOf)),
    request('PUT', 'rules', rules.filter(({ protocol }) => isKnown(protocol)).map(ruleOf)),
    request('POST', 'apply'),
  ];
}

/** The package knows every protocol of ours but SCTP. */
function isKnown(protocol: string | undefined): boolean {
  return protocol !== 'sctp';
}

function ruleOf({ type, on, family, protocol, source, destination, port, log, descr }: FilterRule): object {
  return {
    type,
    interface: [on.descr],
    ipprotocol: family,
    protocol: protocol ?? null,
    ...(protocol === 'icmp' && { icmptype: ['echoreq'] }),
    source: endOf(source),
    destination: endOf(destination),
    ...(port && { destination_port: portText(port) }),
    ...(type === 'pass' && { statetype: 'keep state' }),
    log: log ?? false,
    descr,
  };
}

function forwardOf({ on, destination, port, target, targetPort, descr }: ForwardRule): object {
  return {
    interface: on.descr,
    ipprotocol: 'inet',
    protocol: port.protocol,
    source: 'any',
    destination: endOf(destination),
    destination_port: portText(port),
    target,
    local_port: String(targetPort.from),
    natreflection: 'disable',
    associated_rule_id: '',
    descr,
  };
}

function outboundOf({ on, source, to, descr }: OutboundRule): object {
  return {
    interface: on.descr,
    protocol: to?.port.protocol ?? null,
    source,
    destination: to ? `${to.address}/32` : 'any',
    ...(to && { destination_port: portText(to.port) }),
    target: `${on.descr}:ip`,
    descr,
  };
}

function endOf(end: RuleEnd): string {
  if (end.kind === 'any') return 'any';
  if (end.kind === 'self') return '(self)';
  if (end.kind === 'interface') return end.own ? `${end.interface.descr}:ip` : end.interface.descr;
  return end.not ? `!${end.address}` : end.address;
}

function portText({ from, to }: Pick<Port, 'from' | 'to'>): string {
  return from === to ? String(from) : `${from}:${to}`;
}
