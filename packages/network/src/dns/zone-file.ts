import type { RecordType } from './dns-record-set';
import { quotedText } from './record-data';

/** One resource record; `name` and the names in `data` are complete, without the final dot; of TXT, `data` is the text itself. */
export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly data: string;
  /** Seconds. @default - that of the zone */
  readonly ttl?: number;
}

/** What is served under one name. */
export interface DnsZone {
  readonly name: string;
  /** Name of the primary server. */
  readonly primary: string;
  /** Mail address of whoever is responsible. */
  readonly contact: string;
  readonly records: readonly DnsRecord[];
}

/** Seconds. Clients may keep an answer for an hour, and a secondary serves for two weeks without its primary. @see RFC 1912 section 2.2 */
const TIMES = { ttl: 3600, refresh: 3600, retry: 900, expire: 1_209_600, negative: 300 } as const;

/** A zone in the master file format. @see RFC 1035 section 5 */
export function renderZone(zone: DnsZone, serial: number): string {
  const width = Math.max(1, ...zone.records.map(record => relative(record.name, zone.name).length));
  const line = (name: string, type: string, data: string, ttl?: number) => {
    return `${name.padEnd(width)}${ttl === undefined ? '' : ` ${ttl}`} IN ${type.padEnd(5)} ${data}`;
  };
  return [
    `$ORIGIN ${zone.name}.`,
    `$TTL ${TIMES.ttl}`,
    line(
      '@',
      'SOA',
      `${zone.primary}. ${mailbox(zone.contact)}. ${serial} ${TIMES.refresh} ${TIMES.retry} ${TIMES.expire} ${TIMES.negative}`,
    ),
    ...zone.records.map(record => line(relative(record.name, zone.name), record.type, dataText(record), record.ttl)),
    '',
  ].join('\n');
}

function relative(name: string, zone: string): string {
  return name === zone ? '@' : name.slice(0, -zone.length - 1);
}

/** Position of the name in the data of a type, counted in words. */
const NAMES: Readonly<Partial<Record<RecordType, number>>> = { CNAME: 0, HTTPS: 1, MX: 1, NS: 0, PTR: 0, SRV: 3, SVCB: 1 };

function dataText({ type, data }: DnsRecord): string {
  if (type === 'TXT') return quotedText(data);
  const position = NAMES[type];
  if (position === undefined) return data;
  return data
    .split(' ')
    .map((word, i) => (i === position && word !== '.' ? `${word}.` : word))
    .join(' ');
}

/** The name that the data of a record leads to, if its type has one. */
export function targetOf({ type, data }: DnsRecord): string | undefined {
  const position = NAMES[type];
  return position === undefined ? undefined : data.split(' ')[position];
}

/** A mail address as a domain name: dots left of the @ are escaped. */
function mailbox(contact: string): string {
  const at = contact.lastIndexOf('@');
  return `${contact.slice(0, at).replaceAll('.', '\\.')}.${contact.slice(at + 1)}`;
}
