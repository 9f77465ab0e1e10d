import { findingAt, type Rule } from '@ashlar/core';
import { spfCost } from '../spf-cost';
import { judgedDomains } from './judged-domains';

/** What a third party publishes counts as the domain's own, and nothing is known of it. */
export const SPF_UNKNOWN: Rule = {
  code: 'SPF_UNKNOWN',
  severity: 'warning',
  incident: 'A record with five includes was thought to need five look-ups; behind them were nine more.',
  *check(site) {
    for (const { mail, names } of judgedDomains(site)) {
      const { unknown } = spfCost(mail.domain, mail.spfRecord, names);
      if (unknown.length === 0) continue;
      yield findingAt(
        mail,
        SPF_UNKNOWN,
        `the SPF record of ${mail.domain} cannot be judged: nothing is known of the records of ${unknown.join(', ')}`,
        `write known: { '${unknown[0]}': … } with the record, or with the number of look-ups that it needs`,
      );
    }
  },
};
