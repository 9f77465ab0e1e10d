import { findingAt, type Rule } from '@ashlar/core';
import { DnsRecordSet } from '../../dns/dns-record-set';
import { isSpf } from '../spf-record';

/** A name has one SPF record; with two, receivers use none. */
export const SPF_TWICE: Rule = {
  code: 'SPF_TWICE',
  severity: 'error',
  incident:
    'A newsletter service asked for an SPF record, and it was added beside the one that was there: from then on all mail of the domain had a permanent error.',
  *check(site) {
    for (const set of site.findAll().filter(DnsRecordSet.isDnsRecordSet)) {
      const records = set.type === 'TXT' ? set.values.filter(isSpf) : [];
      if (records.length < 2) continue;
      yield findingAt(
        set,
        SPF_TWICE,
        `gives ${set.fqdn} ${records.length} SPF records, and receivers then use none: ${records.join(' and ')}`,
        'make one record of them: name third parties in include (RFC 7208 section 3.2)',
      );
    }
  },
};
