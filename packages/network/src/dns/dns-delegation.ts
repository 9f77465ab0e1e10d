import { Check, ConfigError, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { DnsRecordSet } from './dns-record-set';

/** A server of somebody else. */
export interface DelegatedServer {
  /** Complete name in lower case. */
  readonly name: string;
  /** Its addresses, which are needed when its name is in the delegated domain itself. @default - none */
  readonly addresses?: readonly string[];
}

export interface DnsDelegationProps {
  /** Domain in a zone of ours, e.g. `lab.example.net`. */
  readonly domain: string;
  /** The servers that answer for it; two or more, so that one may fail. */
  readonly servers: readonly DelegatedServer[];
}

/** A domain below ours that others answer for: NS records, and the addresses of servers that would not be found otherwise. */
export class DnsDelegation extends Construct {
  /** @throws DNS_GLUE, DNS_DELEGATION */
  constructor(scope: Construct, id: string, props: DnsDelegationProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['domain', 'servers']);
    check.text('domain', props.domain, DOMAIN, 'a complete DNS name in lower case', 'lab.example.net');
    const servers = check.list('servers', props.servers, "{ name: 'ns1.example.org' }");
    for (const server of servers) check.known(server, ['name', 'addresses']);
    if (servers.length < 2) {
      throw new ConfigError(this, 'DNS_DELEGATION', `${props.domain} has one server, and is gone when that is`, {
        fix: 'name two or more',
        see: 'RFC 2182 section 5',
      });
    }
    for (const server of servers) this.addGlue(props.domain, server);
    new DnsRecordSet(this, 'ns', { name: props.domain, type: 'NS', values: servers.map(server => server.name) });
  }

  private addGlue(domain: string, { name, addresses = [] }: DelegatedServer): void {
    const inside = name === domain || name.endsWith(`.${domain}`);
    if (inside && addresses.length === 0) {
      throw new ConfigError(this, 'DNS_GLUE', `${name} is in the domain that it answers for, so that nobody finds it`, {
        fix: `write { name: '${name}', addresses: ['203.0.113.53'] }`,
      });
    }
    for (const type of ['A', 'AAAA'] as const) {
      const values = addresses.filter(ip => ip.includes(':') === (type === 'AAAA'));
      if (inside && values.length > 0) new DnsRecordSet(this, `${name}-${type}`, { name, type, values });
    }
  }
}

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9/-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
