import { findingAt, type Rule } from '@ashlar/core';
import { isMailDomain } from '../is-mail-domain';

/** Bytes that fit into an answer over UDP beside the other TXT records of a domain. @see RFC 7208 section 3.4 */
const LIMIT = 450;

export const SPF_LENGTH: Rule = {
  code: 'SPF_LENGTH',
  severity: 'warning',
  incident:
    'A flattened record grew to 700 bytes; resolvers behind a firewall that drops DNS over TCP got no answer, and mail was deferred there.',
  *check(site) {
    for (const mail of site.findAll().filter(isMailDomain)) {
      const { length } = mail.spfRecord;
      if (length <= LIMIT) continue;
      const message = `the SPF record of ${mail.domain} has ${length} characters, and from ${LIMIT} on the answer may not fit into one packet`;
      yield findingAt(
        mail,
        SPF_LENGTH,
        message,
        'name networks instead of single addresses, or put a part under a name of its own and include it',
      );
    }
  },
};
