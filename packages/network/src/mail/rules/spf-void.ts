import { findingAt, type Rule } from '@ashlar/core';
import { spfCost } from '../spf-cost';
import { SPF_LIMITS } from '../spf-evaluation';
import { judgedDomains } from './judged-domains';

/** Receivers stop after two names that do not exist. */
export const SPF_VOID: Rule = {
  code: 'SPF_VOID',
  severity: 'error',
  incident:
    'Three old servers were deleted from DNS and not from SPF: the record turned into a permanent error, months after the last change to it.',
  *check(site) {
    for (const { mail, names } of judgedDomains(site)) {
      const { voids } = spfCost(mail.domain, mail.spfRecord, names);
      if (voids.length <= SPF_LIMITS.voids) continue;
      yield findingAt(
        mail,
        SPF_VOID,
        `the SPF record of ${mail.domain} asks for ${voids.length} names that have no answer, and receivers stop at ${SPF_LIMITS.voids}: ${voids.join(', ')}`,
        'remove the terms of servers that are gone (RFC 7208 section 4.6.4)',
      );
    }
  },
};
