import { findingAt, pathOf, type Rule } from '@ashlar/core';
import { MailServer } from '@ashlar/network';
import { CloudflareZone } from '../cloudflare/cloudflare-zone';

/** Cloudflare passes HTTP on, and no mail: the name of a mail server leads to the server itself. */
export const PROXIED_MAIL: Rule = {
  code: 'PROXIED_MAIL',
  severity: 'error',
  incident:
    'The cloud beside every record was switched to orange, that of the mail server too; from then on port 25 of the domain led to a web proxy.',
  *check(site) {
    const all = site.findAll();
    for (const zone of all.filter(CloudflareZone.isCloudflareZone)) {
      for (const server of all.filter(MailServer.isMailServer)) {
        if (!zone.proxied.has(server.name)) continue;
        yield findingAt(
          zone,
          PROXIED_MAIL,
          `proxies ${server.name}, and ${pathOf(server)} takes and sends mail under that name`,
          'leave it out of proxied, and give the web server a name of its own',
        );
      }
    }
  },
};
