/** One resource record; `name` and the names in `data` are complete, without the final dot. */
export interface DnsRecord {
  readonly name: string;
  readonly type: 'NS' | 'A' | 'AAAA' | 'PTR' | 'CNAME' | 'SRV';
  readonly data: string;
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
  const line = (name: string, type: string, data: string) => `${name.padEnd(width)} IN ${type.padEnd(5)} ${data}`;
  return [
    `$ORIGIN ${zone.name}.`,
    `$TTL ${TIMES.ttl}`,
    line(
      '@',
      'SOA',
      `${zone.primary}. ${mailbox(zone.contact)}. ${serial} ${TIMES.refresh} ${TIMES.retry} ${TIMES.expire} ${TIMES.negative}`,
    ),
    ...zone.records.map(record => line(relative(record.name, zone.name), record.type, data(record))),
    '',
  ].join('\n');
}

function relative(name: string, zone: string): string {
  return name === zone ? '@' : name.slice(0, -zone.length - 1);
}

function data({ type, data }: DnsRecord): string {
  return type === 'A' || type === 'AAAA' ? data : `${data}.`;
}

/** A mail address as a domain name: dots left of the @ are escaped. */
function mailbox(contact: string): string {
  const at = contact.lastIndexOf('@');
  return `${contact.slice(0, at).replaceAll('.', '\\.')}.${contact.slice(at + 1)}`;
}
