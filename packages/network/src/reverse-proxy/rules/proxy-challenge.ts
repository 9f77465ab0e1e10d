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
      for (const published of [...proxy.sites, ...proxy.retired].filter(s => s.certificate.kind === 'http-01')) {
        yield findingAt(
          published,
          PROXY_CHALLENGE,
          `the certificate of ${published.names.join(', ')} is proven on port 80, and no flow lets the Internet reach ${pathOf(proxy)} there`,
          `write ${proxy.node.id}.connections.allowFrom(Internet.of(site), Port.tcp(80)), or challenge: 'dns-01'`,
        );
      }
    }
  },
};
