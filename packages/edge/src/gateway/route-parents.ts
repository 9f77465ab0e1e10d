import { Check, ConfigError, pathOf } from '@ashlar/core';
import type { Construct } from 'constructs';
import { dnsHost } from './dns-host';
import type { Gateway } from './gateway';
import type { GatewayListener } from './gateway-listener';
import type { RouteMatch } from './route-table';

/** As the Gateway API refers to a listener. */
export interface ParentRef {
  readonly name: string;
  readonly sectionName: string;
}

/**
 * The listeners over which a route is reached, each told of it.
 * @throws ROUTE_HOST when no listener serves a host, ROUTE_HOST_TWICE, ROUTE_TAKEN, PROP_*
 */
export function routeParents(route: Construct, gateway: Gateway, match: RouteMatch): ParentRef[] {
  const check = new Check(route);
  const listeners = new Set<GatewayListener>();
  for (const host of check.list('hosts', match.hosts, "'shop.example.net'")) {
    dnsHost(check, 'hosts', host);
    if (match.hosts.indexOf(host) !== match.hosts.lastIndexOf(host)) {
      throw new ConfigError(route, 'ROUTE_HOST_TWICE', `hosts has ${host} twice`, { fix: 'name it once' });
    }
    const serving = gateway.listeners.filter(listener => listener.protocol === 'HTTPS' && listener.serves(host));
    if (serving.length === 0) {
      throw new ConfigError(route, 'ROUTE_HOST', `is for ${host}, which no HTTPS listener of ${pathOf(gateway)} serves`, {
        fix: `write https('shop', { host: '${host}', certificate }) on it before`,
      });
    }
    for (const listener of serving) {
      gateway.routeTable.add(route, listener, host, match);
      listeners.add(listener);
    }
  }
  for (const listener of listeners) listener.addRoute(route);
  return [...listeners].map(listener => ({ name: gateway.name, sectionName: listener.name })).sort(bySection);
}

function bySection(a: ParentRef, b: ParentRef): number {
  return a.sectionName < b.sectionName ? -1 : 1;
}
