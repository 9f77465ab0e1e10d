import { Check, warn } from '@ashlar/core';
import type { IConstruct } from 'constructs';

/** What receivers shall do with mail that claims to be of the domain and is not, and whom they tell. */
export interface DmarcPolicy {
  /** `p`: what happens to mail that neither SPF nor DKIM proves to be of the domain. */
  readonly policy: 'none' | 'quarantine' | 'reject';
  /** `sp`: the same for subdomains. @default - as `policy` */
  readonly subdomainPolicy?: DmarcPolicy['policy'];
  /** `pct`: percentage of such mail to which the policy applies, 0 to 100. @default 100 */
  readonly pct?: number;
  /** `rua`: mail addresses that get the daily reports. @default - nobody */
  readonly rua?: readonly string[];
  /** `ruf`: mail addresses that get a report of each failure, with parts of the message. @default - nobody */
  readonly ruf?: readonly string[];
  /** `adkim`: whether the domain of the signature may be another of the same organization. @default 'relaxed' */
  readonly adkim?: 'relaxed' | 'strict';
  /** `aspf`: the same for the domain of the envelope's sender. @default 'relaxed' */
  readonly aspf?: 'relaxed' | 'strict';
}

/** The value of the TXT record at `_dmarc.<domain>`. @see RFC 7489 section 6.3 */
export function dmarcRecord(policy: DmarcPolicy): string {
  const reports = (addresses: readonly string[] = []) => addresses.map(address => `mailto:${address}`).join(',');
  const tags: readonly (readonly [string, string | number | undefined])[] = [
    ['v', 'DMARC1'],
    ['p', policy.policy],
    ['sp', policy.subdomainPolicy],
    ['pct', policy.pct],
    ['adkim', policy.adkim?.[0]],
    ['aspf', policy.aspf?.[0]],
    ['rua', reports(policy.rua)],
    ['ruf', reports(policy.ruf)],
  ];
  return tags
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([tag, value]) => `${tag}=${value}`)
    .join('; ');
}

/** Checks a policy; what is legal and of no use is a warning. */
export function checkDmarc(scope: IConstruct, dmarc: DmarcPolicy): void {
  const check = new Check(scope);
  check.known(dmarc, ['policy', 'subdomainPolicy', 'pct', 'rua', 'ruf', 'adkim', 'aspf']);
  check.choice('policy', check.present('policy', dmarc.policy, "'reject'"), POLICIES);
  if (dmarc.subdomainPolicy !== undefined) check.choice('subdomainPolicy', dmarc.subdomainPolicy, POLICIES);
  if (dmarc.pct !== undefined) check.integer('pct', dmarc.pct, 0, 100, '%');
  for (const name of ['adkim', 'aspf'] as const) {
    const mode = dmarc[name];
    if (mode !== undefined) check.choice(name, mode, ['relaxed', 'strict']);
  }
  for (const name of ['rua', 'ruf'] as const) {
    for (const address of check.list(name, dmarc[name] ?? ['none@example.net'], "'dmarc@example.net'"))
      checkMailAddress(check, name, address);
  }
  if (dmarc.subdomainPolicy !== undefined && POLICIES.indexOf(dmarc.subdomainPolicy) > POLICIES.indexOf(dmarc.policy)) {
    warn(
      scope,
      'DMARC_SUBDOMAIN',
      `subdomains get ${dmarc.subdomainPolicy}, and the domain itself ${dmarc.policy}: mail of an invented subdomain is what forgers send`,
      'leave subdomainPolicy out',
    );
  }
  if (dmarc.policy === 'none' && dmarc.rua === undefined) {
    warn(scope, 'DMARC_UNSEEN', 'policy none without rua neither stops anything nor tells anybody', "write rua: ['dmarc@example.net']");
  }
}

/** A mail address that may stand in a `mailto:` of a record without escapes. */
export function checkMailAddress(check: Check, name: string, address: string): string {
  return check.text(
    name,
    address,
    /^[\w.+-]+@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
    'a mail address',
    'dmarc@example.net',
  );
}

/** Strictest first. */
const POLICIES: readonly DmarcPolicy['policy'][] = ['reject', 'quarantine', 'none'];
