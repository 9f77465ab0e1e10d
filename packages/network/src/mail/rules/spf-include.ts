import { findingAt, type Rule } from '@ashlar/core';
import { spfCost } from '../spf-cost';
import { judgedDomains } from './judged-domains';

/** An include is a part of the record: when it is broken, so is the whole. */
export const SPF_INCLUDE: Rule = {
  code: 'SPF_INCLUDE',
  severity: 'error',
  incident:
    'An include named the domain of a provider and not the name under which it publishes its record; receivers answered with a permanent error to all mail.',
  *check(site) {
    for (const { mail, names } of judgedDomains(site)) {
      const { faults } = spfCost(mail.domain, mail.spfRecord, names);
      for (const fault of faults) {
        yield findingAt(
          mail,
          SPF_INCLUDE,
          `receivers refuse the SPF record of ${mail.domain}: ${fault}`,
          'include the name that the third party documents',
        );
      }
    }
  },
};
