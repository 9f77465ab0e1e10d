import { Check } from '@ashlar/core';
import type { IConstruct } from 'constructs';
import { isNamed, type Named } from './named';

/** Where the mail programs of people find their servers. Each is the name to which the service's SRV record points. */
export interface MailAccess {
  /** IMAP over TLS, port 993. */
  readonly imaps?: Named;
  /** POP3 over TLS, port 995. */
  readonly pop3s?: Named;
  /** Submission over TLS, port 465. */
  readonly submissions?: Named;
  /** Submission with STARTTLS, port 587. */
  readonly submission?: Named;
}

const PORTS: Readonly<Record<keyof MailAccess, number>> = { imaps: 993, pop3s: 995, submission: 587, submissions: 465 };

/** Name before the domain, and value, of the SRV record of each service. @see RFC 6186, RFC 8314 section 5.1 */
export function mailAccessRecords(access: MailAccess): { readonly service: string; readonly label: string; readonly value: string }[] {
  return (Object.keys(PORTS) as (keyof MailAccess)[]).flatMap(service => {
    const server = access[service];
    return server ? [{ service, label: `_${service}._tcp`, value: `0 1 ${PORTS[service]} ${server.fqdn}` }] : [];
  });
}

export function checkAccess(scope: IConstruct, access: MailAccess): void {
  const check = new Check(scope);
  check.known(access, Object.keys(PORTS));
  for (const [service, server] of Object.entries(access)) check.instance(service, server, { name: 'Host', is: isNamed }, 'mailbox');
}
