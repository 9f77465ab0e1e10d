import { findingAt, type Rule } from '@ashlar/core';
import { isGateway } from '../is-gateway';

/** A listener from which no route takes. */
export const GATEWAY_LISTENER_IDLE: Rule = {
  code: 'GATEWAY_LISTENER_IDLE',
  severity: 'warning',
  incident:
    'A name had a certificate and a listener, its route had been forgotten, and for a week customers read 404 where the shop had been.',
  *check(site) {
    for (const { listeners } of site.findAll().filter(isGateway)) {
      for (const listener of listeners.filter(({ routes }) => routes.length === 0)) {
        yield findingAt(
          listener,
          this,
          `serves ${listener.host} on port ${listener.port}, and no route takes from it: all requests are answered with 404`,
          'add a route for the name, or remove the listener',
        );
      }
    }
  },
};
