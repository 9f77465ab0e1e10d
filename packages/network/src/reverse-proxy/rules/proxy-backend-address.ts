import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isReverseProxy } from '../is-reverse-proxy';

/** A proxy opens connections to addresses; a segment or a group of pods is none. */
export const PROXY_BACKEND_ADDRESS: Rule = {
  code: 'PROXY_BACKEND_ADDRESS',
  severity: 'error',
  incident: 'A proxy with IPv4 only was given a server with IPv6 only; its configuration loaded, and every request ended with status 502.',
  *check(site) {
    for (const proxy of site.findAll().filter(isReverseProxy)) {
      const families = proxy.families.map(family => `IPv${family}`).join(' or ');
      for (const { owner, upstream } of proxy.upstreams) {
        for (const target of upstream.targets.filter(t => t !== proxy && upstream.addressOf(t) === undefined)) {
          yield findingAt(
            owner,
            PROXY_BACKEND_ADDRESS,
            `${pathOf(target)} has no single ${families} address to which ${pathOf(proxy)} could connect`,
            'name a host, or a service with an address of its own, in a family that every host of the proxy has',
          );
        }
      }
    }
  },
};
