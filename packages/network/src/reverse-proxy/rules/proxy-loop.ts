import { findingAt, type IConnectable, Port, pathOf, type Rule } from '@ashlar/core';
import { isReverseProxy } from '../is-reverse-proxy';

/** What a proxy passes to itself comes round until its connections are used up. */
export const PROXY_LOOP: Rule = {
  code: 'PROXY_LOOP',
  severity: 'error',
  incident:
    'A site was pointed at the address of its own proxy; one request filled the table of connections, and every other site with it.',
  *check(site) {
    for (const proxy of site.findAll().filter(isReverseProxy)) {
      const own: readonly (IConnectable | undefined)[] = [...proxy.hosts, proxy.vip?.host];
      for (const { owner, upstream } of proxy.upstreams) {
        const itself = upstream.targets.find(t => t === proxy || (own.includes(t) && proxy.listensOn(upstream.port.from)));
        if (!itself) continue;
        const message = `${Port.tcp(upstream.port.from)} of ${pathOf(itself)} is a port of ${pathOf(proxy)} itself, so requests go in a circle`;
        yield findingAt(owner, PROXY_LOOP, message, 'pass them to what answers them');
      }
    }
  },
};
