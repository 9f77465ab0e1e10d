import type { MailServer } from './mail-server';

/** Marks a mail server, so that rules know one without loading it, and copies of this package know each other's. */
export const MAIL_SERVER = Symbol.for('@ashlar/network.MailServer');

export function isMailServer(x: unknown): x is MailServer {
  return typeof x === 'object' && x !== null && MAIL_SERVER in x;
}
