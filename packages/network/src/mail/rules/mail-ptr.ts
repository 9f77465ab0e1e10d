import { findingAt, type Rule } from '@ashlar/core';
import { isMailServer } from '../is-mail-server';
import { SiteNames } from '../site-names';

/** The reverse name of each address of a mail server is the name with which it greets. */
export const MAIL_PTR: Rule = {
  code: 'MAIL_PTR',
  severity: 'error',
  incident:
    'A mail server moved to another address whose reverse name was that of the provider; large receivers deferred its mail for days, and said so in the log only.',
  *check(site) {
    const names = new SiteNames(site);
    for (const server of site.findAll().filter(isMailServer)) {
      for (const ip of server.addresses) {
        const pointers = server.pointer === undefined ? names.pointers(ip) : [server.pointer];
        if (pointers.includes(server.name)) continue;
        const found = pointers.length === 0 ? 'has no PTR record' : `has the PTR record ${pointers.join(', ')}`;
        yield findingAt(
          server,
          MAIL_PTR,
          `greets as ${server.name} from ${ip}, which ${found}`,
          server.pointer === undefined
            ? `give ${ip} the PTR record ${server.name}; where the provider of the address serves it, order it there and write pointer: '${server.name}'`
            : `order the PTR record ${server.name} from the provider of the address`,
        );
      }
    }
  },
};
