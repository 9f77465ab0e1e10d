import { Check, ConfigError, type ILifecycle, type Lifecycle, Secret, Site, vacant } from '@ashlar/core';
import { DnsAlias, DnsRecordSet, Host, MailDomain } from '@ashlar/network';
import { secretVariable } from '@ashlar/terraform';
import { CloudflareProvider } from '@cdktf/provider-cloudflare/lib/provider';
import { Zone } from '@cdktf/provider-cloudflare/lib/zone';
import { ZoneDnssec } from '@cdktf/provider-cloudflare/lib/zone-dnssec';
import { ZoneSetting } from '@cdktf/provider-cloudflare/lib/zone-setting';
import { TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { publicRecords } from '../public-record';
import { PublicZones } from '../public-zones';
import { PROXIED_MAIL } from '../rules/proxied-mail';
import { cloudflareRecord } from './cloudflare-record';
import { zoneLifecycle } from './zone-lifecycle';

export interface CloudflareZoneProps {
  /** The domain that is registered, and delegated to Cloudflare. */
  readonly domain: string;
  /** Account that holds the zone, 32 hexadecimal digits. */
  readonly accountId: string;
  /** API token that may edit the zone, its settings and its records: a sensitive variable of Terraform. */
  readonly apiToken: Secret;
  /** Names for which Cloudflare answers with its own addresses, and passes HTTP on. @default - none */
  readonly proxied?: readonly (Host | DnsAlias | DnsRecordSet)[];
  /** How long an answer may be kept, 60 to 86,400 seconds. @default - 300, which is what Cloudflare's automatic TTL is */
  readonly ttl?: number;
  /** Who may issue certificates for names in the zone, e.g. `letsencrypt.org`. @default - everybody */
  readonly certificateAuthorities?: readonly string[];
}

/** TLS to the servers is checked, old versions are refused, and HTTP is sent to HTTPS. @see https://developers.cloudflare.com/api/resources/zones/subresources/settings/ */
const SETTINGS = { always_use_https: 'on', min_tls_version: '1.2', ssl: 'strict' } as const;

/**
 * A public zone at Cloudflare with every record of the model that belongs into it, signed with DNSSEC.
 *
 * It stands in the stack of a `TerraformWorkspace`. Terraform refuses to destroy the zone: with it would go the records and the delegation.
 * After the first apply, the registrar needs the name servers and the DS record that Cloudflare assigned.
 */
export class CloudflareZone extends Construct implements ILifecycle {
  public static isCloudflareZone(x: unknown): x is CloudflareZone {
    return typeof x === 'object' && x !== null && ZONE in x;
  }

  public readonly domain: string;
  /** Names for which Cloudflare answers with its own addresses. */
  public readonly proxied: ReadonlySet<string>;

  /** @throws PUBLIC_ZONE_TAKEN, CLOUDFLARE_STACK, CLOUDFLARE_TOKEN, CLOUDFLARE_PROXIED, SECRET_KIND */
  constructor(scope: Construct, id: string, props: CloudflareZoneProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ZONE, { value: true });
    const check = new Check(this);
    check.known(props, ['domain', 'accountId', 'apiToken', 'proxied', 'ttl', 'certificateAuthorities']);
    this.domain = check.text('domain', props.domain, DNS_NAME, 'a domain name in lower case', 'example.net');
    check.text('accountId', props.accountId, /^[0-9a-f]{32}$/, '32 hexadecimal digits', '0123456789abcdef0123456789abcdef');
    check.instance('apiToken', props.apiToken, Secret, "Secret.fromTerraformVariable('cloudflare_api_token')");
    const ttl = check.integer('ttl', props.ttl ?? 300, 60, 86_400, 'seconds');
    this.proxied = new Set((props.proxied ?? []).map(named => this.proxiedName(named)));
    const authorities = props.certificateAuthorities ?? [];
    for (const authority of authorities)
      check.text('certificateAuthorities', authority, DNS_NAME, 'the domain of an authority', 'letsencrypt.org');
    PublicZones.of(this).claim(this, this.domain);
    this.useProvider(props.apiToken);

    const zone = new Zone(this, 'zone', {
      account: { id: props.accountId },
      name: this.domain,
      type: 'full',
      lifecycle: { preventDestroy: true },
    });
    new ZoneDnssec(this, 'dnssec', { zoneId: zone.id, status: 'active' });
    for (const [settingId, value] of Object.entries(SETTINGS)) {
      // The bindings take `value` for an object, and would write a string letter by letter.
      new ZoneSetting(this, settingId, { zoneId: zone.id, settingId, value: {} }).addOverride('value', value);
    }
    const records = new Construct(this, 'records');
    const site = Site.of(this);
    site.addRules(PROXIED_MAIL);
    site.onPrepare(() => {
      // Whichever was declared first: these records are made when the model is complete, too.
      for (const mail of site.findAll().filter(MailDomain.isMailDomain)) mail._authorizeReports();
      const written = publicRecords(site, this.domain);
      const caa = authorities
        .map(authority => ({ name: this.domain, type: 'CAA', value: `0 issue "${authority}"` }))
        .filter(({ name, value }) => !written.some(record => record.name === name && record.value === value));
      for (const record of [...written, ...caa]) {
        cloudflareRecord(records, record, { zoneId: zone.id, ttl, proxied: this.proxied.has(record.name) });
      }
    });
  }

  public get lifecycle(): Lifecycle {
    return zoneLifecycle(this);
  }

  /** One provider in a stack, with one token. */
  private useProvider(apiToken: Secret): void {
    const stack = stackOf(this);
    const used = stack[TOKEN];
    if (used === apiToken.describe()) return;
    if (used !== undefined) {
      throw new ConfigError(
        this,
        'CLOUDFLARE_TOKEN',
        `its API token is ${apiToken.describe()}, and another zone of ${stack.node.id} uses ${used}`,
        {
          fix: 'give both the same token, or put the zones into workspaces of their own',
        },
      );
    }
    new CloudflareProvider(stack, 'cloudflare', { apiToken: secretVariable(this, apiToken) });
    Object.defineProperty(stack, TOKEN, { value: apiToken.describe() });
  }

  private proxiedName(named: Host | DnsAlias | DnsRecordSet): string {
    if (!Host.isHost(named) && !DnsAlias.isDnsAlias(named) && !DnsRecordSet.isDnsRecordSet(named)) {
      throw new ConfigError(this, 'CLOUDFLARE_PROXIED', 'proxied takes hosts, aliases and record sets', {
        got: named,
        fix: 'write proxied: [web]',
      });
    }
    if (DnsRecordSet.isDnsRecordSet(named) && !['A', 'AAAA', 'CNAME'].includes(named.type)) {
      throw new ConfigError(this, 'CLOUDFLARE_PROXIED', `${named.fqdn} ${named.type} leads to no web server`, {
        fix: 'proxied takes A, AAAA and CNAME records',
      });
    }
    return named.fqdn;
  }
}

const ZONE = Symbol.for('@ashlar/hosting.CloudflareZone');
/** Where a stack keeps which token its provider has. */
const TOKEN = Symbol.for('@ashlar/hosting.CloudflareZone.token');
const DNS_NAME = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

function stackOf(zone: IConstruct): TerraformStack & { readonly [TOKEN]?: string } {
  const stack = zone.node.scopes.find(TerraformStack.isStack);
  if (stack !== undefined) return stack;
  throw new ConfigError(zone, 'CLOUDFLARE_STACK', 'a zone is a part of a Terraform state', {
    fix: 'write new CloudflareZone(workspace.stack, …)',
  });
}
