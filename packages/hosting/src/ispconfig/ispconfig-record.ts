import { ConfigError } from '@ashlar/core';
import type { PublicRecord } from '../public-record';
import type { IdReference, IspConfigCall } from './ispconfig-call';

/** Types for which the remote API has a function, and how many words in front of the value it wants as `aux`. */
const TYPES: Readonly<Record<string, number>> = {
  A: 0,
  AAAA: 0,
  CAA: 0,
  CNAME: 0,
  MX: 1,
  NS: 0,
  PTR: 0,
  SRV: 1,
  SSHFP: 0,
  TLSA: 0,
  TXT: 0,
};
/** Types whose value ends in a name, to which the panel would add the zone when it had no dot at its end. */
const NAMED: readonly string[] = ['CNAME', 'MX', 'NS', 'PTR', 'SRV'];

/** Characters that the panel takes in a TXT record. */
const TEXT = 512;

/**
 * The call that creates a record.
 * @throws ISPCONFIG_RECORD_TYPE, ISPCONFIG_TEXT
 */
export function ispConfigRecord(
  { name, type, value, ttl, from }: PublicRecord,
  common: { readonly server_id: number; readonly zone: IdReference; readonly ttl: number },
): IspConfigCall {
  const front = TYPES[type];
  if (front === undefined) {
    throw new ConfigError(from, 'ISPCONFIG_RECORD_TYPE', `the remote API of ISPConfig has no records of type ${type}`, {
      fix: `use one of ${Object.keys(TYPES).join(', ')}, or serve the zone elsewhere`,
    });
  }
  if (type === 'TXT' && value.length > TEXT) {
    throw new ConfigError(
      from,
      'ISPCONFIG_TEXT',
      `ISPConfig takes TXT records of up to ${TEXT} characters, and ${name} has ${value.length}`,
      {
        fix: 'shorten it: an RSA key of 2048 bits fits',
      },
    );
  }
  const words = value.split(' ');
  const data = front === 0 ? value : words.slice(front).join(' ');
  const params = {
    ...common,
    ttl: ttl ?? common.ttl,
    name: `${name}.`,
    type,
    data: NAMED.includes(type) ? `${data}.` : data,
    aux: front === 0 ? 0 : Number(words[0]),
    active: 'y',
    stamp: 'CURRENT_TIMESTAMP',
    serial: 1,
  };
  return {
    key: `dns_rr/${name} ${type} ${value}`,
    function: `dns_${type.toLowerCase()}_add`,
    client: { name: 'client_id', value: 0 },
    params,
  };
}
