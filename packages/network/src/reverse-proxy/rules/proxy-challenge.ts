import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isJoinedWithInternet } from '../internet-flow';
import { isReverseProxy } from '../is-reverse-proxy';

/** The challenge http-01 is a request from the Internet to port 80. @see https://letsencrypt.org/docs/challenge-types/ */
export const PROXY_CHALLENGE: Rule = {
  code: 'PROXY_CHALLENGE',
  severity: 'error',
  incident:
    'Only port 443 was forwarded; the first certificate had come while port 80 was open, and no renewal did, so all sites went down after 90 days.',
  *check(site) {
    for (const proxy of site.findAll().filter(isReverseProxy)) {
      if (isJoinedWithInternet(site, 'from', [...proxy.hosts, ...(proxy.vip ? [proxy.vip.host] : [])], 80)) continue;
      const asking = [...proxy.sites, ...proxy.retired].filter(published => published.certificate.kind === 'http-01');
      if (asking.length === 0) continue;
      yield findingAt(
        proxy,
        PROXY_CHALLENGE,
        `the certificates of ${asking.flatMap(published => published.names).join(', ')} are proven on port 80, and no flow lets the Internet reach ${pathOf(proxy)} there`,
        `write ${proxy.node.id}.connections.allowFrom(Internet.of(site), Port.tcp(80)), or challenge: 'dns-01'`,
      );
    }
  },
};
