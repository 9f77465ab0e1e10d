import { createHash } from 'node:crypto';
import { Check, Claims, ConfigError, Ledger, onRender, pathOf, Site, vacant, warn } from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsRecordSet } from '../dns/dns-record-set';
import { checkDkimKeys, type DkimKey } from './dkim-key';
import { checkDmarc, checkMailAddress, type DmarcPolicy } from './dmarc-policy';
import { isMailDomain, MAIL_DOMAIN } from './is-mail-domain';
import { checkAccess, type MailAccess } from './mail-access';
import { mailRecords } from './mail-records';
import { MailServer } from './mail-server';
import { checkMtaSts, type MtaSts, mtaStsPolicy, mtaStsRecord } from './mta-sts';
import { isAligned, organizationalDomain } from './organizational-domain';
import { MAIL_RULES } from './rules';
import { SiteNames } from './site-names';
import { checkSpf, type SpfPolicy, spfRecord } from './spf-policy';

export interface MailDomainProps {
  /** Domain right of the @. @default - the domain of the site */
  readonly domain?: string;
  /** Servers that take its mail, the one to be asked first in front. */
  readonly exchangers: readonly MailServer[];
  /** Servers that send its mail. @default - the exchangers */
  readonly outgoing?: readonly MailServer[];
  /** Who may send. @default - the outgoing servers and nobody else */
  readonly spf?: SpfPolicy;
  /** Keys that receivers can verify with: the first signs, the others are being introduced or retired. */
  readonly dkim: readonly DkimKey[];
  /** Domain in whose name mail is signed (`d=`), under which the keys are published. @default - `domain` */
  readonly signingDomain?: string;
  /** Domain of the envelope's sender, to which bounces go. @default - `domain` */
  readonly returnPath?: string;
  /** @default - mail that is not proven to be of the domain is rejected, and nobody is told */
  readonly dmarc?: DmarcPolicy;
  /** @default - senders may fall back to no encryption */
  readonly mtaSts?: MtaSts;
  /** Mail addresses that get the daily reports of failed encryption. @default - nobody */
  readonly tlsReports?: readonly string[];
  /** @default - people enter the names of servers themselves */
  readonly access?: MailAccess;
  /** Other TXT records of the domain itself, beside SPF, such as those by which services verify its owner. @default - none */
  readonly texts?: readonly string[];
}

/**
 * The mail of a domain, as the rest of the world must find it in DNS: MX, SPF, DKIM, DMARC, MTA-STS, TLS reports and the SRV records of
 * mail programs, from one declaration that rules check as receivers would.
 *
 * Private keys stay where they are: `devices/mail/<domain>/dkim.json` says which secret belongs to which selector, and whoever deploys the
 * servers installs it there. To rotate, add the new key behind the old one, deploy, move it to the front, and drop the old one a week later.
 */
export class MailDomain extends Construct {
  public static isMailDomain(x: unknown): x is MailDomain {
    return isMailDomain(x);
  }

  public readonly domain: string;
  public readonly exchangers: readonly MailServer[];
  public readonly outgoing: readonly MailServer[];
  public readonly spf: SpfPolicy;
  /** The value of its SPF record. */
  public readonly spfRecord: string;
  /** Domain of the envelope's sender. */
  public readonly returnPath: string;
  public readonly dmarc: DmarcPolicy;
  /** Domain in whose name mail is signed. */
  public readonly signingDomain: string;
  /** The key that signs. */
  public readonly signingKey: DkimKey;

  /** @throws MAIL_DOMAIN_TAKEN, MAIL_EXCHANGERS, DMARC_UNALIGNED, and what the checks of its parts throw */
  constructor(scope: Construct, id: string, props: MailDomainProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, MAIL_DOMAIN, { value: true });
    const check = new Check(this);
    check.known(props, NAMES);
    const domain = (name: string, value: string) => check.text(name, value, DNS_NAME, 'a domain name in lower case', 'example.net');
    this.domain = domain('domain', props.domain ?? Site.of(this).domain);
    this.signingDomain = domain('signingDomain', props.signingDomain ?? this.domain);
    this.returnPath = domain('returnPath', props.returnPath ?? this.domain);
    this.exchangers = this.servers('exchangers', props.exchangers);
    this.outgoing = this.servers('outgoing', props.outgoing ?? props.exchangers);
    this.spf = props.spf ?? {};
    this.dmarc = props.dmarc ?? { policy: 'reject' };
    checkSpf(this, this.spf);
    checkDkimKeys(this, props.dkim);
    this.signingKey = props.dkim[0] as DkimKey;
    checkDmarc(this, this.dmarc);
    if (props.mtaSts !== undefined) checkMtaSts(this, props.mtaSts);
    if (props.tlsReports !== undefined) {
      for (const address of check.list('tlsReports', props.tlsReports, "'tls@example.net'")) checkMailAddress(check, 'tlsReports', address);
    }
    if (props.access !== undefined) checkAccess(this, props.access);
    this.checkAlignment();
    Claims.of(this).claim('mail domain', this.domain, this, holder => {
      return new ConfigError(this, 'MAIL_DOMAIN_TAKEN', `the mail of ${this.domain} is already that of ${pathOf(holder)}`, {
        fix: 'say there what you want to say here: two SPF records are worse than none',
      });
    });
    this.spfRecord = spfRecord(this.spf, [...new Set(this.outgoing.flatMap(server => server.addresses))]);
    for (const { id, name, type, values } of mailRecords(this, props)) new DnsRecordSet(this, id, { name, type, values });
    if (props.mtaSts !== undefined) this.addMtaSts(props.mtaSts);
    const site = Site.of(this);
    site.addRules(...MAIL_RULES);
    site.onPrepare(() => this._authorizeReports());
    this.renderKeys(props.dkim);
  }

  /** Mail addresses of other organizations to which DMARC reports go, and the record by which each says that it wants them. */
  public get foreignReports(): readonly { readonly domain: string; readonly record: string }[] {
    const destinations = [...(this.dmarc.rua ?? []), ...(this.dmarc.ruf ?? [])].map(address => address.slice(address.indexOf('@') + 1));
    const own = organizationalDomain(this.domain);
    return [...new Set(destinations)]
      .filter(domain => organizationalDomain(domain) !== own)
      .sort()
      .map(domain => ({ domain, record: `${this.domain}._report._dmarc.${domain}` }));
  }

  /** The policy, and its revision: senders fetch it again when the ledger has seen it change. Without a ledger the revision stays 1. */
  private addMtaSts(mtaSts: MtaSts): void {
    const policy = mtaStsPolicy(
      mtaSts,
      this.exchangers.map(server => server.name),
    );
    const digest = createHash('sha256').update(policy).digest('hex');
    const revision = Ledger.find(this)?.revision(`mta-sts ${this.domain}`, digest) ?? 1;
    new DnsRecordSet(this, 'mta-sts', { name: `_mta-sts.${this.domain}`, type: 'TXT', values: [mtaStsRecord(revision)] });
    new DnsRecordSet(this, 'mta-sts-server', { name: `mta-sts.${this.domain}`, type: 'CNAME', values: [mtaSts.server.fqdn] });
    const folder = new Construct(this, 'policy');
    onRender(folder, output => output.write(folder, `devices/mail/${this.domain}/mta-sts.txt`, policy));
  }

  /** Reports to another domain of the site: the record by which that domain wants them. Known when the model is complete; done once. */
  public _authorizeReports(): void {
    if (this.foreignReports.length === 0) return;
    const names = new SiteNames(Site.of(this));
    for (const { domain, record } of this.foreignReports) {
      if (!names.owns(domain) || names.txt(record)?.length !== 0) continue;
      new DnsRecordSet(this, `reports-${domain}`, { name: record, type: 'TXT', values: ['v=DMARC1'] });
    }
  }

  private renderKeys(keys: readonly DkimKey[]): void {
    const list = keys.map(({ selector, privateKey }, i) => {
      return { domain: this.signingDomain, selector, signs: i === 0, privateKey: { $secret: privateKey.describe() } };
    });
    onRender(this, output => output.write(this, `devices/mail/${this.domain}/dkim.json`, `${JSON.stringify(list, undefined, 2)}\n`));
  }

  private servers(name: string, servers: readonly MailServer[]): readonly MailServer[] {
    const check = new Check(this);
    for (const server of check.list(name, servers, 'mx1'))
      check.instance(name, server, { name: 'MailServer', is: MailServer.isMailServer }, '[mx1]');
    const twice = servers.find((server, i) => servers.indexOf(server) < i);
    if (twice) {
      throw new ConfigError(this, 'MAIL_EXCHANGERS', `${name} names ${pathOf(twice)} twice`, { fix: 'name each server once' });
    }
    return [...servers];
  }

  /** Receivers count a proof only when it is for the domain that people see. @see RFC 7489 section 3.1 */
  private checkAlignment(): void {
    const { domain, signingDomain, returnPath, dmarc } = this;
    const bySpf = isAligned(returnPath, domain, dmarc.aspf ?? 'relaxed');
    const byDkim = isAligned(signingDomain, domain, dmarc.adkim ?? 'relaxed');
    if (!bySpf && !byDkim) {
      throw new ConfigError(
        this,
        'DMARC_UNALIGNED',
        `mail from ${domain} is signed as ${signingDomain} and bounces to ${returnPath}, so that none of it passes its own DMARC policy`,
        { fix: `leave signingDomain out, which signs as ${domain}`, see: 'RFC 7489 section 3.1' },
      );
    }
    if (bySpf && byDkim) return;
    const [lost, left] = bySpf
      ? [`signed as ${signingDomain}`, 'SPF alone, which breaks when mail is forwarded']
      : [`sent as ${returnPath}`, 'DKIM alone'];
    warn(
      this,
      'DMARC_HALF_ALIGNED',
      `mail is ${lost}, which does not count for ${domain}: its DMARC rests on ${left}`,
      `use ${domain} or a name below it`,
    );
  }
}

const NAMES: readonly (keyof MailDomainProps)[] = [
  'domain',
  'exchangers',
  'outgoing',
  'spf',
  'dkim',
  'signingDomain',
  'returnPath',
  'dmarc',
  'mtaSts',
  'tlsReports',
  'access',
  'texts',
];
const DNS_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;
