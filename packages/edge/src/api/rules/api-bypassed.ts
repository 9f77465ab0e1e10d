import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isApiGateway } from '../is-api-gateway';

/** A route of a gateway for the name of an API, past what the API asks of callers. */
export const API_BYPASSED: Rule = {
  code: 'API_BYPASSED',
  severity: 'error',
  incident: 'A debugging route was added beside an API, for its name; for a month anybody could read all orders without a token.',
  *check(site) {
    for (const api of site.findAll().filter(isApiGateway)) {
      for (const route of api.gateway.routeTable.of(api.host)) {
        if (route.node.scopes.includes(api)) continue;
        yield findingAt(
          route,
          this,
          `takes requests for ${api.host}, the name of the API ${pathOf(api)}, and asks nobody who they are`,
          `write it as a route of the API, with auth: Auth.none('reason') when it is open`,
        );
      }
    }
  },
};
