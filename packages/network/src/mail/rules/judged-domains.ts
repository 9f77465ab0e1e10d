import type { Site } from '@ashlar/core';
import { isMailDomain } from '../is-mail-domain';
import type { MailDomain } from '../mail-domain';
import { SiteNames } from '../site-names';

/** The mail domains of a site, each with what is known of DNS to judge it. */
export function judgedDomains(site: Site): { readonly mail: MailDomain; readonly names: SiteNames }[] {
  const names = new SiteNames(site);
  return site
    .findAll()
    .filter(isMailDomain)
    .map(mail => ({ mail, names: names.with(mail.spf.known) }));
}
