import { Check, Claims, ConfigError, Duration, pathOf, Secret, vacant } from '@ashlar/core';
import { ProxmoxAcmeDnsPluginResource } from '@ashlar/provider-proxmox';
import { secretVariable } from '@ashlar/terraform';
import { Construct } from 'constructs';
import { nearestName } from '../access/nearest-name';
import { clusterOf } from '../cluster-of';
import type { ProxmoxCluster } from '../proxmox-cluster';
import { ACME_DNS_APIS } from './acme-dns-api';

export interface AcmeDnsPluginProps {
  /** Which DNS service it is, as acme.sh calls it: `cf` is Cloudflare, `pdns` PowerDNS, `nsupdate` RFC 2136. */
  readonly api: string;
  /** What its script reads, e.g. `CF_Token`. */
  readonly data: Readonly<Record<string, Secret>>;
  /** Raised by one when a secret has a new value, which Terraform cannot see (1–1000). @default 1 */
  readonly dataVersion?: number;
  /** Time that a record needs to be seen everywhere (0 to 48 hours). @default Duration.seconds(30) */
  readonly validationDelay?: Duration;
}

/** How nodes prove to an authority that a name is theirs: by a record in its zone. Its id is its name in Proxmox VE. */
export class AcmeDnsPlugin extends Construct {
  public static isAcmeDnsPlugin(x: unknown): x is AcmeDnsPlugin {
    return typeof x === 'object' && x !== null && PLUGIN in x;
  }

  public readonly name: string;
  public readonly cluster: ProxmoxCluster;
  /** @internal */
  public readonly _resource: ProxmoxAcmeDnsPluginResource;

  /** @throws ACME_API, ACME_DATA, ACME_PLUGIN, ACME_DELAY */
  constructor(scope: Construct, id: string, props: AcmeDnsPluginProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, PLUGIN, { value: true });
    this.cluster = clusterOf(this);
    const check = new Check(this);
    check.known(props, ['api', 'data', 'dataVersion', 'validationDelay']);
    this.name = check.text('the name of a plugin', id, /^[A-Za-z][A-Za-z0-9_-]+$/, 'a letter, then letters, digits, - and _', 'cloudflare');
    Claims.of(this).claim(`acme plugin of ${pathOf(this.cluster)}`, this.name, this, holder => {
      return new ConfigError(this, 'ACME_PLUGIN', `there is already a plugin ${this.name}, ${pathOf(holder)}`, {
        fix: 'choose another id',
      });
    });
    this._resource = new ProxmoxAcmeDnsPluginResource(this, 'plugin', {
      plugin: this.name,
      api: this.apiOf(check.present('api', props.api, "'cf'")),
      dataWo: this.dataOf(check.present('data', props.data, "{ CF_Token: Secret.fromTerraformVariable('cf_token') }")),
      dataWoVersion: check.integer('dataVersion', props.dataVersion ?? 1, 1, 1000),
      validationDelay: this.delayOf(check, props.validationDelay ?? Duration.seconds(30)),
    });
  }

  private apiOf(api: string): string {
    if (ACME_DNS_APIS.includes(api)) return api;
    const near = nearestName(String(api), ACME_DNS_APIS);
    throw new ConfigError(this, 'ACME_API', 'acme.sh knows no such DNS service', {
      got: api,
      ...(near
        ? { fix: `did you mean ${near}?` }
        : { fix: 'take the name of its script without dns_', see: 'https://github.com/acmesh-official/acme.sh/wiki/dnsapi' }),
    });
  }

  private dataOf(data: AcmeDnsPluginProps['data']): Record<string, string> {
    const names = typeof data === 'object' ? Object.keys(data).sort() : [];
    if (names.length === 0) {
      throw new ConfigError(this, 'ACME_DATA', 'data is empty, and every DNS service wants credentials', {
        fix: "write data: { CF_Token: Secret.fromTerraformVariable('cf_token') }",
      });
    }
    const wrong = names.find(name => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || !Secret.is(data[name]));
    if (wrong !== undefined) {
      throw new ConfigError(this, 'ACME_DATA', `data.${wrong} must be a Secret under the name of a variable of the script`, {
        fix: "write data: { CF_Token: Secret.fromTerraformVariable('cf_token') }",
      });
    }
    return Object.fromEntries(names.map(name => [name, secretVariable(this, data[name] as Secret)]));
  }

  private delayOf(check: Check, delay: Duration): number {
    const seconds = check.instance('validationDelay', delay, Duration, 'Duration.seconds(30)').toSeconds();
    if (seconds <= 172_800) return seconds;
    throw new ConfigError(this, 'ACME_DELAY', 'validationDelay must be at most 48 hours', {
      got: String(delay),
      fix: 'write Duration.minutes(5)',
    });
  }
}

const PLUGIN = Symbol.for('@ashlar/hci.AcmeDnsPlugin');
