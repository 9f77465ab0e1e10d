import { Site } from '@ashlar/core';
import type { GatewayPlan } from '../gateway/gateway-plan';
import type { VyOs } from './vyos';
import { tagged, type VyosNode } from './vyos-config';
import { endpointScript } from './vyos-wireguard';

/** Name of the script that looks after WireGuard peers; the script that puts the configuration in place copies it. */
export const ENDPOINTS = 'wireguard-endpoints.sh';

/** Name, log-ins, revisions, flow records, logs. */
export function systemOf(gateway: VyOs, plan: GatewayPlan): VyosNode {
  const { flowCollector, commitArchive } = gateway;
  return {
    'host-name': gateway.node.id,
    'domain-name': Site.of(gateway).domain,
    'time-zone': 'UTC',
    login: { user: tagged(gateway.admins.map(({ name, sshKeys }): [string, VyosNode] => [name, { authentication: publicKeys(sshKeys) }])) },
    'name-server': [...gateway.nameServers],
    'config-management': {
      'commit-revisions': 100,
      'commit-archive': commitArchive && { location: [commitArchive.url] },
    },
    'flow-accounting': flowCollector && {
      interface: plan.sides.filter(side => side.kind !== 'tunnel').map(side => gateway.ports.interfaceOf(side)),
      'disable-imt': true,
      netflow: { version: 9, server: tagged([[flowCollector.ip, { port: 2055 }]]), 'source-address': sourceTowards(gateway) },
    },
    'task-scheduler': endpointScript(plan.tunnels) && {
      task: tagged([['wireguard-endpoints', { 'crontab-spec': '* * * * *', executable: { path: `/config/scripts/${ENDPOINTS}` } }]]),
    },
    syslog: {
      global: {
        facility: tagged([
          ['all', { level: 'info' }],
          ['local7', { level: 'debug' }],
        ]),
      },
    },
    console: { device: tagged([['ttyS0', { speed: 115_200 }]]) },
  };
}

/** Time for the segments. @see https://docs.vyos.io/en/latest/configuration/service/ntp.html */
export function timeService(gateway: VyOs): VyosNode {
  return {
    server: tagged(gateway.timeServers.map((name): [string, VyosNode | true] => [name, /pool/.test(name) ? { pool: true } : true])),
    'allow-client': { address: gateway.segments.flatMap(vlan => vlan.cidrs) },
    'listen-address': gateway.segments.flatMap(vlan => vlan.gateways),
  };
}

/** SSH by key, on the address in the management segment. */
export function sshService({ management }: VyOs): VyosNode {
  return {
    'listen-address': [...management.gateways],
    port: [22],
    'disable-password-authentication': true,
    'client-keepalive-interval': 180,
  };
}

/** An `authorized_keys` line as VyOS keeps it: under a name, with type and key apart. */
function publicKeys(keys: readonly string[]): VyosNode {
  const named = keys.map((line, i): [string, VyosNode] => {
    const [type, key, ...comment] = line.split(' ');
    return [comment.join('-').replaceAll(/[^\w.@-]/g, '-') || `key-${i + 1}`, { type, key }];
  });
  return { 'encrypted-password': '*', 'public-keys': tagged(named) };
}

/** Of one family with the collector. */
function sourceTowards({ management, flowCollector }: VyOs): string | undefined {
  return management.gateways.find(ip => ip.includes(':') === flowCollector?.ip.includes(':'));
}
