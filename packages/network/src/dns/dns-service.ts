import { Check, Claims, ConfigError, Port, pathOf, Site, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { Host } from '../segments/host';

export interface DnsServiceProps {
  /** Port and transport of the service. */
  readonly port: Port;
  /** Hosts that serve it, each with an equal share. */
  readonly targets: readonly Host[];
  /** Name of the service without underscore, as registered with IANA, e.g. `ldap`. @default - the id */
  readonly service?: string;
}

/** Where a service is found, an SRV record for each target: `_ldap._tcp.cloud.example.net`. @see RFC 2782 */
export class DnsService extends Construct {
  public static isDnsService(x: unknown): x is DnsService {
    return typeof x === 'object' && x !== null && SERVICE in x;
  }

  public readonly fqdn: string;
  public readonly port: number;
  public readonly targets: readonly Host[];

  /** @throws DNS_SERVICE_PORT, DNS_NAME_TAKEN */
  constructor(scope: Construct, id: string, props: DnsServiceProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, SERVICE, { value: true });
    const check = new Check(this);
    check.known(props, ['port', 'targets', 'service']);
    const port = check.instance('port', props.port, Port, 'Port.tcp(389)');
    if (port.protocol === 'icmp' || port.from !== port.to) {
      throw new ConfigError(this, 'DNS_SERVICE_PORT', 'an SRV record names one port', { got: String(port), fix: 'write Port.tcp(389)' });
    }
    this.port = port.from;
    this.targets = check.list('targets', props.targets, 'host');
    for (const target of this.targets) check.instance('targets', target, { name: 'Host', is: Host.isHost }, "[services.host('ldap')]");
    const service = check.text(
      'service',
      props.service ?? id,
      /^[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/,
      'a service name of up to 15 characters',
      'ldap',
    );
    this.fqdn = `_${service}._${port.protocol}.${Site.of(this).domain}`;
    Claims.of(this).claim(
      'dns name',
      this.fqdn,
      this,
      holder =>
        new ConfigError(this, 'DNS_NAME_TAKEN', `${this.fqdn} is already the name of ${pathOf(holder)}`, {
          fix: 'name all targets in one of them',
        }),
    );
  }
}

const SERVICE = Symbol.for('@ashlar/network.DnsService');
