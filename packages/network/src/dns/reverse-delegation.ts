import { Check, ConfigError, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { isPrivate, Subnet } from '../segments/subnet';
import { DnsRecordSet } from './dns-record-set';
import { classlessZone, reverseName } from './reverse-zone';

export interface ReverseDelegationProps {
  /** IPv4 prefix longer than /24 in a /24 whose reverse zone is ours. */
  readonly prefix: string;
  /** Names of the servers that answer for its addresses. */
  readonly servers: readonly string[];
}

/**
 * The reverse names of a part of our prefix, handed to others: a zone for them, and a CNAME into it for each address.
 * @see RFC 2317
 */
export class ReverseDelegation extends Construct {
  /** The zone that the servers hold, e.g. `64-95.113.0.203.in-addr.arpa`. */
  public readonly zone: string;

  /** @throws DNS_DELEGATION, SUBNET_FORMAT */
  constructor(scope: Construct, id: string, props: ReverseDelegationProps) {
    super(vacant(scope, id), id);
    const check = new Check(this);
    check.known(props, ['prefix', 'servers']);
    const subnet = Subnet.of(this, 'prefix', props.prefix, 4);
    if (subnet.prefixLength <= 24 || isPrivate(subnet.cidr)) {
      throw new ConfigError(this, 'DNS_DELEGATION', 'a public prefix longer than /24 is handed over name by name', {
        got: props.prefix,
        fix: 'delegate the whole zone with DnsDelegation',
      });
    }
    this.zone = classlessZone(subnet);
    new DnsRecordSet(this, 'ns', { name: this.zone, type: 'NS', values: check.list('servers', props.servers, "'ns1.example.org'") });
    for (let number = 0; number < 2 ** (32 - subnet.prefixLength); number++) {
      const name = reverseName(subnet, number);
      const label = name.slice(0, name.indexOf('.'));
      new DnsRecordSet(this, label, { name, type: 'CNAME', values: [`${label}.${this.zone}`] });
    }
  }
}
