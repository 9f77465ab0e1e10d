import type { MailDomain } from './mail-domain';

/** Marks a mail domain, so that rules know one without loading it, and copies of this package know each other's. */
export const MAIL_DOMAIN = Symbol.for('@ashlar/network.MailDomain');

export function isMailDomain(x: unknown): x is MailDomain {
  return typeof x === 'object' && x !== null && MAIL_DOMAIN in x;
}
