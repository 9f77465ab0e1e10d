import { findingAt, type Rule } from '@ashlar/core';
import { isMailServer } from '../is-mail-server';
import { SiteNames } from '../site-names';

/** The name with which a mail server greets leads back to each of its addresses. */
export const MAIL_HELO: Rule = {
  code: 'MAIL_HELO',
  severity: 'error',
  incident:
    'The server greeted with its name inside, which nobody outside can resolve; receivers that compare took it for a hijacked machine.',
  *check(site) {
    const names = new SiteNames(site);
    for (const server of site.findAll().filter(isMailServer)) {
      for (const ip of server.addresses) {
        const found = names.addresses(server.name, ip.includes(':') ? 6 : 4);
        if (found === undefined || found.includes(ip)) continue;
        yield findingAt(
          server,
          MAIL_HELO,
          `greets as ${server.name} from ${ip}, and that name leads to ${found.join(', ') || 'no address of this family'}`,
          `write name: with one of its own, like 'mx1.${site.domain}': it then gets the public addresses`,
        );
      }
    }
  },
};
