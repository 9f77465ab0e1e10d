import { findingAt, type Rule } from '@ashlar/core';
import { isMailDomain } from '../is-mail-domain';
import { SiteNames } from '../site-names';

/** Reports go to another organization only when that organization says in DNS that it wants them. */
export const DMARC_REPORTS: Rule = {
  code: 'DMARC_REPORTS',
  severity: 'warning',
  incident:
    'Reports were to go to a service that evaluates them; its record for the domain was missing, no report ever came, and the policy was tightened blind.',
  *check(site) {
    const names = new SiteNames(site);
    for (const mail of site.findAll().filter(isMailDomain)) {
      for (const { domain, record } of mail.foreignReports.filter(({ domain }) => !names.owns(domain))) {
        yield findingAt(
          mail,
          DMARC_REPORTS,
          `DMARC reports of ${mail.domain} go to ${domain}, which gets them only when it has the TXT record ${record} with v=DMARC1`,
          'have it published there, see RFC 7489 section 7.1, and acknowledge this',
        );
      }
    }
  },
};
