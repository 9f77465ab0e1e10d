import { Check, Claims, ConfigError, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';

export interface DnsAliasProps {
  readonly target: Host;
  /** Name in the site's domain; `*.apps` stands for every name below `apps`. @default - the id */
  readonly name?: string;
}

/** Another name of a host, a CNAME record. */
export class DnsAlias extends Construct {
  public static isDnsAlias(x: unknown): x is DnsAlias {
    return typeof x === 'object' && x !== null && ALIAS in x;
  }

  public readonly fqdn: string;
  public readonly target: Host;

  /** @throws DNS_NAME_TAKEN when the name has other records, beside which no CNAME may stand (RFC 1034 section 3.6.2) */
  constructor(scope: Construct, id: string, props: DnsAliasProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, ALIAS, { value: true });
    const check = new Check(this);
    check.known(props, ['target', 'name']);
    this.target = check.instance('target', props.target, { name: 'Host', is: Host.isHost }, "services.host('web')");
    const name = check.text('name', props.name ?? id, NAME, 'DNS labels in lower case, the first of which may be *', 'www');
    this.fqdn = `${name}.${Site.of(this).domain}`;
    Claims.of(this).claim(
      'dns name',
      this.fqdn,
      this,
      holder =>
        new ConfigError(this, 'DNS_NAME_TAKEN', `${this.fqdn} is already the name of ${pathOf(holder)}`, { fix: 'choose another name' }),
    );
  }
}

const ALIAS = Symbol.for('@ashlar/network.DnsAlias');
const NAME = /^(\*|[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
