import { Check, Claims, ConfigError, pathOf, vacant } from '@ashlar/core';
import { Construct } from 'constructs';
import { ownerFault, recordFault } from './record-data';

/** Types that a zone can hold besides those that follow from hosts, aliases and services. */
export const RECORD_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'HTTPS', 'MX', 'NS', 'PTR', 'SRV', 'SSHFP', 'SVCB', 'TLSA', 'TXT'] as const;

export type RecordType = (typeof RECORD_TYPES)[number];

export interface DnsRecordSetProps {
  /** Complete name in lower case without the final dot, e.g. `_dmarc.example.net`; `*` may be its first label. */
  readonly name: string;
  readonly type: RecordType;
  /** Data as in a zone file, names complete and without the final dot; of TXT the text itself, of any length. */
  readonly values: readonly string[];
  /** Seconds that resolvers keep it (0–2147483647). @default - that of the zone */
  readonly ttl?: number;
}

/** Records of one name and type that follow from nothing else in the model. @see RFC 2181 section 5 */
export class DnsRecordSet extends Construct {
  public static isDnsRecordSet(x: unknown): x is DnsRecordSet {
    return typeof x === 'object' && x !== null && RECORDS in x;
  }

  public readonly fqdn: string;
  public readonly type: RecordType;
  public readonly values: readonly string[];
  public readonly ttl?: number;

  /** @throws DNS_RECORD, DNS_RECORD_TWICE, DNS_NAME_TAKEN */
  constructor(scope: Construct, id: string, props: DnsRecordSetProps) {
    super(vacant(scope, id), id);
    Object.defineProperty(this, RECORDS, { value: true });
    const check = new Check(this);
    check.known(props, ['name', 'type', 'values', 'ttl']);
    this.fqdn = check.text('name', props.name, NAME, 'a complete DNS name in lower case', '_dmarc.example.net');
    this.type = check.choice('type', props.type, RECORD_TYPES);
    this.values = [...check.list('values', props.values, "'10 mx.example.net'")];
    if (props.ttl !== undefined) this.ttl = check.integer('ttl', props.ttl, 0, 2_147_483_647, 'seconds');
    const owner = ownerFault(this.type, this.fqdn);
    if (owner) throw new ConfigError(this, 'DNS_RECORD', `${this.type} ${owner.problem}`, { got: this.fqdn, fix: owner.fix });
    for (const value of this.values) {
      const fault = recordFault(this.type, value);
      if (fault) throw new ConfigError(this, 'DNS_RECORD', `${this.type} ${fault.problem}`, { got: value, fix: fault.fix });
    }
    const twice = this.values.find((value, i) => this.values.indexOf(value) < i);
    if (twice !== undefined) throw new ConfigError(this, 'DNS_RECORD_TWICE', 'names one value twice', { got: twice, fix: 'name it once' });
    if (this.type === 'CNAME' && this.values.length > 1) {
      throw new ConfigError(this, 'DNS_RECORD', 'a name has one CNAME', { got: this.values, fix: 'choose one of them' });
    }
    Claims.of(this).claim('dns record set', `${this.fqdn} ${this.type}`, this, holder => {
      return new ConfigError(this, 'DNS_NAME_TAKEN', `the ${this.type} records of ${this.fqdn} are already those of ${pathOf(holder)}`, {
        fix: 'name all values in one of them',
      });
    });
  }
}

const RECORDS = Symbol.for('@ashlar/network.DnsRecordSet');

/** Labels may begin with an underscore, and a reverse zone of RFC 2317 has a dash or a slash. */
const NAME = /^(?=.{1,253}$)(\*\.)?([a-z0-9_]([a-z0-9_/-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
