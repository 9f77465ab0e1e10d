import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isApiGateway } from '../is-api-gateway';

/** An API whose proxies cannot reach what they ask about callers. */
export const API_AUTH_UNREACHABLE: Rule = {
  code: 'API_AUTH_UNREACHABLE',
  severity: 'error',
  incident:
    'The identity provider changed its keys, the proxies could not fetch the new ones, and each request of each customer was answered with 401.',
  *check(site) {
    for (const { gateway, routes } of site.findAll().filter(isApiGateway)) {
      for (const route of routes) {
        for (const { hostname, port } of route.auth.asks) {
          const number = Number(port || 443);
          const open = ({ protocol, from, to }: { protocol: string; from: number; to: number }) =>
            protocol === 'tcp' && from <= number && to >= number;
          if (gateway.connections.egress.some(flow => open(flow.port))) continue;
          yield findingAt(
            route,
            this,
            `asks ${hostname} about callers, and no flow lets ${pathOf(gateway)} reach anything on port ${number}`,
            `write ${gateway.name}.connections.allowTo(Internet.of(site), Port.tcp(${number}))`,
          );
        }
      }
    }
  },
};
