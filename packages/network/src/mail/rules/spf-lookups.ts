import { findingAt, type Rule } from '@ashlar/core';
import { spfCost } from '../spf-cost';
import { SPF_LIMITS } from '../spf-evaluation';
import { judgedDomains } from './judged-domains';

/** Receivers stop after ten look-ups, and then treat the record as if it were broken. */
export const SPF_LOOKUPS: Rule = {
  code: 'SPF_LOOKUPS',
  severity: 'error',
  incident:
    'A provider split its record in three. With that the domain needed eleven look-ups, and every receiver that counts refused all of its mail, from the own servers too.',
  *check(site) {
    for (const { mail, names } of judgedDomains(site)) {
      const { lookups, terms } = spfCost(mail.domain, mail.spfRecord, names);
      if (lookups <= SPF_LIMITS.lookups) continue;
      const each = terms.map(({ term, lookups }) => `${term} ${lookups}`).join(', ');
      yield findingAt(
        mail,
        SPF_LOOKUPS,
        `the SPF record of ${mail.domain} needs ${lookups} DNS look-ups, and receivers stop at ${SPF_LIMITS.lookups}: ${each}`,
        mail.spf.flatten
          ? 'drop a term, or tell the records behind it in known'
          : 'drop a term, or write flatten: true with the records in known (RFC 7208 section 4.6.4)',
      );
    }
  },
};
