import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { isJoinedWithInternet } from '../internet-flow';
import { isReverseProxy } from '../is-reverse-proxy';

/** Certificates are ordered over HTTPS. @see https://www.rfc-editor.org/rfc/rfc8555 */
export const PROXY_ACME: Rule = {
  code: 'PROXY_ACME',
  severity: 'error',
  incident: 'A proxy could be reached from the Internet and could not reach it; it served the certificate that it had made up for itself.',
  *check(site) {
    for (const proxy of site.findAll().filter(isReverseProxy)) {
      const shut = proxy.hosts.find(host => !isJoinedWithInternet(site, 'to', [host], 443));
      const ordered = [...proxy.sites, ...proxy.retired].find(({ certificate: { kind } }) => kind === 'http-01' || kind === 'dns-01');
      if (!shut || !ordered) continue;
      yield findingAt(
        proxy,
        PROXY_ACME,
        `the certificate of ${pathOf(ordered)} is ordered from Let's Encrypt, and no flow lets ${pathOf(shut)} reach the Internet on port 443`,
        `write ${proxy.node.id}.connections.allowTo(Internet.of(site), Port.tcp(443))`,
      );
    }
  },
};
