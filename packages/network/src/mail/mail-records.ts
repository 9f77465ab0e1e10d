import type { DnsRecordSetProps } from '../dns/dns-record-set';
import { dkimRecord } from './dkim-key';
import { dmarcRecord } from './dmarc-policy';
import { mailAccessRecords } from './mail-access';
import type { MailDomain, MailDomainProps } from './mail-domain';

/** A record set, and the id of its construct. */
interface MailRecords extends DnsRecordSetProps {
  readonly id: string;
}

/** The record sets of a mail domain that follow from its declaration alone; those of MTA-STS have a revision. */
export function mailRecords(mail: MailDomain, { dkim, tlsReports = [], access = {}, texts = [] }: MailDomainProps): MailRecords[] {
  const { domain, returnPath, signingDomain, spfRecord } = mail;
  const set = (id: string, name: string, type: DnsRecordSetProps['type'], ...values: string[]): MailRecords => ({ id, name, type, values });
  return [
    set('mx', domain, 'MX', ...mail.exchangers.map((server, i) => `${(i + 1) * 10} ${server.name}`)),
    set('txt', domain, 'TXT', spfRecord, ...texts),
    ...(returnPath === domain ? [] : [set('txt-return-path', returnPath, 'TXT', spfRecord)]),
    ...dkim.map(key => set(`dkim-${key.selector}`, `${key.selector}._domainkey.${signingDomain}`, 'TXT', dkimRecord(key))),
    set('dmarc', `_dmarc.${domain}`, 'TXT', dmarcRecord(mail.dmarc)),
    ...(tlsReports.length === 0
      ? []
      : [set('tls-rpt', `_smtp._tls.${domain}`, 'TXT', `v=TLSRPTv1; rua=${tlsReports.map(address => `mailto:${address}`).join(',')}`)]),
    ...mailAccessRecords(access).map(({ service, label, value }) => set(`srv-${service}`, `${label}.${domain}`, 'SRV', value)),
  ];
}
